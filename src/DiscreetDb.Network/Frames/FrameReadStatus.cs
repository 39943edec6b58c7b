namespace DiscreetDb.Network;

/// <summary>What reading a frame came to.</summary>
internal enum FrameReadStatus
{
    /// <summary>There is a frame.</summary>
    Frame,

    /// <summary>The peer ended its direction between two frames.</summary>
    End,

    /// <summary>The peer sent what is no frame, or ended in the middle of one.</summary>
    Malformed,
}
