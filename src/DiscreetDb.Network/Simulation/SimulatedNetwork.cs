using System.Net;
using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>
/// A network in virtual time, everything in it decided by one seed: what is lost, how long packets take, what overtakes what.
/// It runs on the thread that calls it, one event after the other, and calls that wait go on as events of it; so it is used by
/// one thread, without a synchronisation context. The same seed and the same calls give the same events in the same order
/// (<see cref="EventHash" />).
/// </summary>
internal sealed class SimulatedNetwork : IWakes
{
    private const ulong HashPrime = 0x100000001B3;

    private readonly PriorityQueue<Action, (TimeSpan Due, long Order)> _events = new();
    private readonly Dictionary<IPEndPoint, SimulatedTransport> _hosts = [];
    private readonly Dictionary<(IPAddress From, IPAddress To), SimulatedLink> _links = [];
    private readonly Dictionary<(IPAddress From, IPAddress To), TimeSpan> _busyUntil = [];
    private long _order;

    public SimulatedNetwork(ulong seed)
    {
        Random = new SeededRandomSource(seed);
        Clock = new VirtualClock(this);
        Seed = seed;
    }

    public ulong Seed { get; }

    public IRandomSource Random { get; }

    public TimeProvider Clock { get; }

    /// <summary>Since the beginning.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Of every event so far, its time and what it was.</summary>
    public ulong EventHash { get; private set; } = 0xCBF29CE484222325;

    public long EventCount { get; private set; }

    /// <summary>Where nothing else was said.</summary>
    public SimulatedLink DefaultLink { get; set; } = new();

    public SimulatedLink GetLink(IPAddress from, IPAddress to) => _links.GetValueOrDefault((from, to), DefaultLink);

    /// <summary>One way only.</summary>
    public void SetLink(IPAddress from, IPAddress to, SimulatedLink link) => _links[(from, to)] = link;

    /// <summary>Cuts or heals one way.</summary>
    public void Cut(IPAddress from, IPAddress to, bool isCut = true) => SetLink(from, to, GetLink(from, to) with { IsCut = isCut });

    /// <exception cref="ArgumentException">Somebody is at that address, and did not crash.</exception>
    public SimulatedTransport CreateTransport(IPEndPoint address, TransportOptions? options = null)
    {
        if (_hosts.TryGetValue(address, out SimulatedTransport? other) && other.HasCrashed)
        {
            _hosts.Remove(address);
        }

        var transport = new SimulatedTransport(this, address, options ?? CreateOptions());
        _hosts.Add(address, transport);
        return transport;
    }

    public TransportOptions CreateOptions() => new() { Clock = Clock, Random = Random };

    /// <summary>Runs the next event; false when there is none.</summary>
    public bool RunOne()
    {
        if (!_events.TryDequeue(out Action? action, out (TimeSpan Due, long Order) position))
        {
            return false;
        }

        Now = position.Due > Now ? position.Due : Now;
        Note((ulong)Now.Ticks);
        EventCount++;
        action();
        return true;
    }

    /// <summary>Runs what is due within so much virtual time, and moves the clock there.</summary>
    public void Advance(TimeSpan by)
    {
        TimeSpan end = Now + by;
        while (_events.TryPeek(out _, out (TimeSpan Due, long Order) position) && position.Due <= end)
        {
            RunOne();
        }

        Now = end;
    }

    /// <summary>Runs until the task has ended, and gives what it gave.</summary>
    /// <exception cref="InvalidOperationException">Nothing is left to happen, or too much happened: it never will.</exception>
    public void RunUntilCompleted(Task task, long maxEventCount = 50_000_000)
    {
        for (long count = 0; !task.IsCompleted; count++)
        {
            if (count == maxEventCount || !RunOne())
            {
                throw new InvalidOperationException($"Seed {Seed}: the task has not ended after {count} events, at {Now}.");
            }
        }

        task.GetAwaiter().GetResult();
    }

    /// <summary>Has something happen after so long.</summary>
    public void Schedule(TimeSpan delay, Action action) =>
        _events.Enqueue(action, (Now + (delay > TimeSpan.Zero ? delay : TimeSpan.Zero), _order++));

    Waiter IWakes.CreateWaiter() => new(isAsynchronous: false);

    void IWakes.Wake(Waiter waiter) => Schedule(TimeSpan.Zero, waiter.Set);

    internal SimulatedTransport? Find(IPEndPoint address) => _hosts.GetValueOrDefault(address);

    internal void Remove(SimulatedTransport transport)
    {
        if (ReferenceEquals(Find(transport.LocalEndPoint), transport))
        {
            _hosts.Remove(transport.LocalEndPoint);
        }
    }

    /// <summary>A number from 0 to below 1.</summary>
    internal double Draw()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        Random.Fill(bytes);
        return (BitConverter.ToUInt64(bytes) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>Sends one packet; whether it will arrive, and when, is decided here and now.</summary>
    internal bool TrySend(IPAddress from, IPAddress to, int sizeBytes, out TimeSpan delay)
    {
        SimulatedLink link = GetLink(from, to);
        delay = TransitTime(from, to, link, sizeBytes);
        return !link.IsCut && (link.Loss <= 0 || Draw() >= link.Loss);
    }

    internal void Note(ulong value) => EventHash = (EventHash ^ value) * HashPrime;

    private TimeSpan TransitTime(IPAddress from, IPAddress to, SimulatedLink link, int sizeBytes)
    {
        var delay = TimeSpan.FromMilliseconds(link.DelayMs + (link.JitterMs > 0 ? link.JitterMs * Draw() : 0));
        if (link.BytesPerSecond == 0)
        {
            return delay;
        }

        TimeSpan begin = _busyUntil.GetValueOrDefault((from, to));
        begin = begin > Now ? begin : Now;
        TimeSpan end = begin + TimeSpan.FromSeconds((double)sizeBytes / link.BytesPerSecond);
        _busyUntil[(from, to)] = end;
        return end - Now + delay;
    }
}
