namespace DiscreetDb.Network;

/// <summary>What a packet of LAN discovery is.</summary>
internal enum LanPacketKind : byte
{
    /// <summary>To everybody: who of you knows me?</summary>
    Announcement = 1,

    /// <summary>To the one who asked: I do. Carries the nonce of the announcement.</summary>
    Answer = 2,
}
