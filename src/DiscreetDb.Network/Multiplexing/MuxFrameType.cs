namespace DiscreetDb.Network;

/// <summary>What a frame of the multiplexer says (schema/wire.md "Streams over TLS").</summary>
internal enum MuxFrameType : byte
{
    /// <summary>First frame of each direction: the version.</summary>
    Preface = 0,

    /// <summary>Bytes of a stream.</summary>
    Data = 1,

    /// <summary>The last bytes of a direction, perhaps none.</summary>
    LastData = 2,

    /// <summary>The sender breaks off its direction, with a code.</summary>
    Reset = 3,

    /// <summary>The sender reads no more, with a code; answered by a reset.</summary>
    Stop = 4,

    /// <summary>How far the other may send on a stream.</summary>
    StreamCredit = 5,

    /// <summary>How far the other may send on every stream and on all together, and how many it may open.</summary>
    Limits = 6,

    /// <summary>A sign of life that asks for one.</summary>
    Ping = 7,

    /// <summary>The answer to it.</summary>
    Pong = 8,

    /// <summary>The connection ends, with a code.</summary>
    Close = 9,
}
