namespace DiscreetDb.Network;

/// <summary>Why a handshake came to nothing. For the log of this end; the peer is never told.</summary>
internal enum HandshakeFault
{
    /// <summary>The connection ended, or the peer closed it, or it took too long.</summary>
    ConnectionEnded,

    /// <summary>Bytes that are not the message that was due.</summary>
    Malformed,

    /// <summary>No version both speak.</summary>
    NoCommonVersion,

    /// <summary>Another network id.</summary>
    WrongNetwork,

    /// <summary>The peer knows no secret of this end's.</summary>
    UnknownPeer,

    /// <summary>The certificate is not signed by all three of its keys.</summary>
    InvalidCertificate,

    /// <summary>The certificate belongs to another user than the one the secret is shared with.</summary>
    WrongUser,

    /// <summary>The peer does not hold the key of its certificate, or says it of another connection or role.</summary>
    InvalidSignature,

    /// <summary>It is this device.</summary>
    SameDevice,

    /// <summary>The directory does not admit the device.</summary>
    NotAdmitted,
}
