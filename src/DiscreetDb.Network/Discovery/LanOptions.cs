using System.Net.NetworkInformation;

namespace DiscreetDb.Network;

/// <summary>How devices on one local network look for each other.</summary>
internal sealed record LanOptions
{
    public required TimeProvider Clock { get; init; }

    public required IRandomSource Random { get; init; }

    /// <summary>How waiting calls are woken; on the thread pool, except in the simulator.</summary>
    public IWakes Wakes { get; init; } = PoolWakes.Instance;

    /// <summary>Where this device listens for connections.</summary>
    public required int ListenPort { get; init; }

    /// <summary>Whether a multicast interface is used; default: all of them but the loopback.</summary>
    public Func<NetworkInterface, bool> UsesInterface { get; init; } = static i => i.NetworkInterfaceType != NetworkInterfaceType.Loopback;

    /// <summary>Between announcements when nothing changes; half of it more or less, at random.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);
}
