using System.Net;

namespace DiscreetDb.Network;

/// <summary>Multicast and unicast packets on the local networks, until it is disposed.</summary>
internal interface ILanPort : IAsyncDisposable
{
    /// <summary>The addresses packets are sent from, one for each interface and family.</summary>
    IReadOnlyList<IPAddress> Addresses { get; }

    /// <summary>To everybody on the network of that own address; lost without a word.</summary>
    void Multicast(IPAddress from, ReadOnlySpan<byte> packet);

    /// <summary>To one; lost without a word.</summary>
    void Send(IPAddress from, IPEndPoint to, ReadOnlySpan<byte> packet);

    /// <summary>The next packet; null once disposed. Beyond a bound the oldest unread are lost.</summary>
    ValueTask<LanArrival?> ReceiveAsync(CancellationToken cancellationToken = default);
}
