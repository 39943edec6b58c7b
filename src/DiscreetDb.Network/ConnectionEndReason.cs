namespace DiscreetDb.Network;

/// <summary>What ended a connection.</summary>
internal enum ConnectionEndReason
{
    /// <summary>This end closed it.</summary>
    ClosedHere,

    /// <summary>The peer closed it.</summary>
    ClosedByPeer,

    /// <summary>The network says it is gone.</summary>
    Lost,

    /// <summary>Nothing came for <see cref="Limits.IdleMs" />.</summary>
    TimedOut,

    /// <summary>The peer was not admitted within <see cref="Limits.HandshakeMs" />.</summary>
    NotAdmitted,

    /// <summary>The peer broke the rules; this end closed it.</summary>
    ProtocolViolation,
}
