namespace DiscreetDb.Network;

/// <summary>Why a connection was closed, as the peer is told (schema/wire.md "Close codes").</summary>
internal enum CloseCode : long
{
    /// <summary>Closed, without saying why. The only code anybody sees who has not been admitted.</summary>
    Closed = 0,

    /// <summary>The peer broke the rules of the protocol.</summary>
    ProtocolViolation = 1,

    /// <summary>A frame of a type this version does not know.</summary>
    UnknownFrame = 2,

    /// <summary>Another connection between the two devices is kept.</summary>
    Duplicate = 3,

    /// <summary>The peer used up a bound.</summary>
    LimitReached = 4,

    /// <summary>The application is shutting down.</summary>
    ShuttingDown = 5,

    /// <summary>The peer's access ended while it was connected.</summary>
    AccessEnded = 6,
}
