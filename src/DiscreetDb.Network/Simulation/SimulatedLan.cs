using System.Net;

namespace DiscreetDb.Network;

/// <summary>
/// A local network of a <see cref="SimulatedNetwork" />, which hosts join under an address: packets to everybody reach everybody,
/// the sender too, as the links between them allow.
/// </summary>
internal sealed class SimulatedLan(SimulatedNetwork network)
{
    private const int Port = 5_000;

    private readonly List<Host> _hosts = [];

    /// <summary>Packets that were sent.</summary>
    public int SentCount { get; private set; }

    /// <summary>The network as one host sees it.</summary>
    public Host Join(IPAddress address)
    {
        var host = new Host(this, address);
        _hosts.Add(host);
        return host;
    }

    /// <summary>Has a packet arrive at a host, from wherever one says.</summary>
    public void Inject(IPEndPoint source, IPAddress to, ReadOnlyMemory<byte> packet)
    {
        SentCount++;
        if (network.TrySend(source.Address, to, packet.Length, out TimeSpan delay))
        {
            network.Schedule(delay, () => _hosts.Find(h => h.Address.Equals(to))?.Take(new LanArrival(source, to, packet)));
        }
    }

    private void Send(IPAddress from, IPAddress to, ReadOnlySpan<byte> packet) => Inject(new IPEndPoint(from, Port), to, packet.ToArray());

    /// <summary>A host, whose address may change.</summary>
    internal sealed class Host(SimulatedLan lan, IPAddress address) : ILanNetwork
    {
        private Action<LanArrival>? _take;

        public event Action? Changed;

        public IPAddress Address { get; private set; } = address;

        public ILanPort Open()
        {
            var port = new HostPort(lan, this, Address);
            _take = port.Take;
            return port;
        }

        public void Move(IPAddress to)
        {
            Address = to;
            Changed?.Invoke();
        }

        internal void Take(LanArrival arrival) => _take?.Invoke(arrival);
    }

    private sealed class HostPort(SimulatedLan lan, Host host, IPAddress address) : ILanPort
    {
        private readonly WaitQueue<LanArrival> _unread = new(lan.Wakes);

        public IReadOnlyList<IPAddress> Addresses { get; } = [address];

        public void Multicast(IPAddress from, ReadOnlySpan<byte> packet)
        {
            foreach (Host other in lan._hosts)
            {
                lan.Send(from, other.Address, packet);
            }
        }

        public void Send(IPAddress from, IPEndPoint to, ReadOnlySpan<byte> packet) => lan.Send(from, to.Address, packet);

        public ValueTask<LanArrival?> ReceiveAsync(CancellationToken cancellationToken = default) => _unread.DequeueAsync(cancellationToken);

        public ValueTask DisposeAsync()
        {
            _unread.Complete(keepsItems: false);
            return ValueTask.CompletedTask;
        }

        internal void Take(LanArrival arrival)
        {
            if (host.Address.Equals(address))
            {
                _unread.TryEnqueue(arrival);
            }
        }
    }

    private IWakes Wakes => network;
}
