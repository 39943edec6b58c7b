using System.Net;

namespace DiscreetDb.Network;

/// <summary>Datagrams of a simulated host: lost, doubled and out of order as its links say.</summary>
internal sealed class SimulatedDatagrams(SimulatedNetwork network, IPEndPoint address) : IDatagramPort
{
    private const int MaxUnreadCount = 256;

    private readonly WaitQueue<Datagram> _unread = new(network);

    public void Send(IPEndPoint remote, ReadOnlySpan<byte> datagram)
    {
        IDatagramPort.Check(datagram);
        byte[] bytes = datagram.ToArray();
        SimulatedLink link = network.GetLink(address.Address, remote.Address);
        SendCopy(remote, bytes);
        if (link.Duplication > 0 && network.Draw() < link.Duplication)
        {
            SendCopy(remote, bytes);
        }
    }

    public ValueTask<Datagram?> ReceiveAsync(CancellationToken cancellationToken = default) => _unread.DequeueAsync(cancellationToken);

    public void Close() => _unread.Complete(keepsItems: false);

    private void SendCopy(IPEndPoint remote, byte[] bytes)
    {
        if (network.TrySend(address.Address, remote.Address, bytes.Length, out TimeSpan delay))
        {
            network.Schedule(delay, () => network.Find(remote)?.TakeDatagram(new Datagram(address, bytes)));
        }
    }

    public void Take(Datagram datagram)
    {
        if (_unread.Count == MaxUnreadCount)
        {
            _unread.TryDequeue(out _);
        }

        _unread.TryEnqueue(datagram);
    }
}
