namespace DiscreetDb.Network;

/// <summary>What went wrong with a transport, a connection or a stream.</summary>
internal enum NetworkFault
{
    /// <summary>No route, no such host, or the network is down.</summary>
    Unreachable,

    /// <summary>Somebody is there and does not want this connection.</summary>
    Refused,

    /// <summary>The certificate of the other end is not the expected one, or not one at all.</summary>
    CertificateRefused,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>The connection, or the transport, was closed.</summary>
    ConnectionClosed,

    /// <summary>The connection broke.</summary>
    ConnectionLost,

    /// <summary>The stream was aborted; the code says why.</summary>
    StreamAborted,

    /// <summary>The other end, or what it sent, is not what the protocol allows.</summary>
    ProtocolViolation,
}
