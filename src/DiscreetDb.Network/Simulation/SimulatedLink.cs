namespace DiscreetDb.Network;

/// <summary>How packets fare from one host to another.</summary>
internal sealed record SimulatedLink
{
    /// <summary>Shortest time on the way, in milliseconds.</summary>
    public double DelayMs { get; init; } = 1;

    /// <summary>Added to it at random, in milliseconds: packets overtake each other.</summary>
    public double JitterMs { get; init; }

    /// <summary>Share of packets that are lost, 0 to 1. Connections send again, datagrams are gone.</summary>
    public double Loss { get; init; }

    /// <summary>Share of datagrams that come twice, 0 to 1.</summary>
    public double Duplication { get; init; }

    /// <summary>0: unlimited.</summary>
    public long BytesPerSecond { get; init; }

    /// <summary>Nothing gets through; only this way, the other has a link of its own.</summary>
    public bool IsCut { get; init; }
}
