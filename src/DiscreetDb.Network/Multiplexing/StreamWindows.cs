using System.Diagnostics;

namespace DiscreetDb.Network;

/// <summary>What a peer may have under way once it is admitted.</summary>
internal readonly record struct StreamWindows(int StreamSizeBytes, int ConnectionSizeBytes, int StreamCount)
{
    /// <summary>What either end assumes until it hears of limits; part of the protocol.</summary>
    public static StreamWindows Initial { get; } = new(Limits.HandshakeSizeBytes, Limits.HandshakeSizeBytes, 1);

    /// <summary>Bounds below what the protocol begins with cannot be kept: they are lifted to it.</summary>
    public static StreamWindows Of(TransportOptions options)
    {
        Debug.Assert(options.StreamCount > 0, "A peer without a stream cannot say who it is.");
        return new StreamWindows(
            Math.Max(options.StreamWindowSizeBytes, Initial.StreamSizeBytes),
            Math.Max(options.ConnectionWindowSizeBytes, Initial.ConnectionSizeBytes),
            Math.Max(options.StreamCount, Initial.StreamCount));
    }
}
