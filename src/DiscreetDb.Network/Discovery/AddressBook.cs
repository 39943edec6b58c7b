using System.Net;

namespace DiscreetDb.Network;

/// <summary>
/// Where devices were last seen, and when each is to be dialled again: soon after it was lost, then less and less often, at
/// random moments so that many do not come at once. It dials nobody: whoever owns it asks what is due. May be used from any thread.
/// </summary>
internal sealed class AddressBook
{
    /// <summary>Addresses kept of one device: home, office, a few translators.</summary>
    public const int MaxAddressCount = 8;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>After a change of networks everybody is tried again within this.</summary>
    private static readonly TimeSpan AfterChange = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _clock;
    private readonly IRandomSource _random;
    private readonly IAddressStore _store;
    private readonly Lock _gate = new();
    private readonly Dictionary<Uid, Entry> _entries = [];

    public AddressBook(TimeProvider clock, IRandomSource random, IAddressStore store)
    {
        _clock = clock;
        _random = random;
        _store = store;
        foreach ((Uid device, IReadOnlyList<IPEndPoint> addresses) in store.Load().Take(Limits.KnownDeviceCount))
        {
            var entry = new Entry { NextDial = clock.GetUtcNow() + Jitter(AfterChange) };
            entry.Addresses.AddRange(addresses.Distinct().Take(MaxAddressCount));
            _entries[device] = entry;
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>When the next device is due; null when none ever will be.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
            {
                return _entries.Values.Where(e => e.IsWaiting).Select(e => (DateTimeOffset?)e.NextDial).Min();
            }
        }
    }

    /// <summary>The addresses of a device, best first.</summary>
    public IReadOnlyList<IPEndPoint> AddressesOf(Uid device)
    {
        lock (_gate)
        {
            return _entries.TryGetValue(device, out Entry? entry) ? [.. entry.Addresses] : [];
        }
    }

    /// <summary>A device may be at that address: heard on the network or from somebody. It is tried at once, unless it is connected.</summary>
    public void Learn(Uid device, IPEndPoint address)
    {
        lock (_gate)
        {
            Entry? entry = FindOrAdd(device);
            if (entry is null || entry.Addresses.Contains(address))
            {
                return;
            }

            // Behind the one that worked last, before those that are only remembered.
            entry.Addresses.Insert(Math.Min(1, entry.Addresses.Count), address);
            Trim(entry);
            entry.FailureCount = 0;
            entry.NextDial = _clock.GetUtcNow();
            Save(device, entry);
        }
    }

    /// <summary>A connection was made; an address that was not dialled by this end may be of no use to dial.</summary>
    public void Connected(Uid device, IPEndPoint? dialledAddress)
    {
        lock (_gate)
        {
            if (FindOrAdd(device) is not { } entry)
            {
                return;
            }

            entry.State = DialState.Connected;
            entry.FailureCount = 0;
            if (dialledAddress is not null && !dialledAddress.Equals(entry.Addresses.FirstOrDefault()))
            {
                entry.Addresses.Remove(dialledAddress);
                entry.Addresses.Insert(0, dialledAddress);
                Trim(entry);
                Save(device, entry);
            }
        }
    }

    /// <summary>A connection is gone: it is dialled again soon.</summary>
    public void Lost(Uid device) => Wait(device, isFailure: false);

    /// <summary>Dialling came to nothing: next time later.</summary>
    public void Failed(Uid device) => Wait(device, isFailure: true);

    /// <summary>A device that is not to be met any more.</summary>
    public void Forget(Uid device)
    {
        lock (_gate)
        {
            if (_entries.Remove(device))
            {
                _store.Save(device, []);
            }
        }
    }

    /// <summary>This machine is on other networks now: everybody is due within a second.</summary>
    public void NetworkChanged()
    {
        lock (_gate)
        {
            foreach (Entry entry in _entries.Values)
            {
                entry.FailureCount = 0;
                entry.NextDial = _clock.GetUtcNow() + Jitter(AfterChange);
            }
        }
    }

    /// <summary>The devices that are due, at most so many; they count as being dialled until they are connected, or failed.</summary>
    public IReadOnlyList<(Uid Device, IReadOnlyList<IPEndPoint> Addresses)> TakeDue(int maxCount)
    {
        lock (_gate)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            var due = _entries.Where(e => e.Value.IsWaiting && e.Value.NextDial <= now).OrderBy(e => e.Value.NextDial).Take(maxCount).ToArray();
            foreach ((_, Entry entry) in due)
            {
                entry.State = DialState.Dialling;
            }

            return [.. due.Select(e => (e.Key, (IReadOnlyList<IPEndPoint>)[.. e.Value.Addresses]))];
        }
    }

    private void Wait(Uid device, bool isFailure)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(device, out Entry? entry) || (isFailure && entry.State == DialState.Connected))
            {
                // Another attempt, or the peer itself, was successful meanwhile.
                return;
            }

            TimeSpan wait = FirstWait * Math.Pow(2, Math.Min(entry.FailureCount, 20));
            entry.FailureCount += isFailure ? 1 : 0;
            entry.State = DialState.Waiting;
            entry.NextDial = _clock.GetUtcNow() + ((wait < LongestWait ? wait : LongestWait) / 2) + Jitter(wait < LongestWait ? wait : LongestWait);
        }
    }

    private Entry? FindOrAdd(Uid device)
    {
        if (_entries.TryGetValue(device, out Entry? entry) || (_entries.Count >= Limits.KnownDeviceCount && !TryDropOne()))
        {
            return entry;
        }

        entry = new Entry { NextDial = _clock.GetUtcNow() };
        _entries.Add(device, entry);
        return entry;
    }

    // The one that failed most often makes room.
    private bool TryDropOne()
    {
        KeyValuePair<Uid, Entry> worst = _entries.Where(e => e.Value.State == DialState.Waiting).MaxBy(e => e.Value.FailureCount);
        if (worst.Value is not { FailureCount: > 0 })
        {
            return false;
        }

        _entries.Remove(worst.Key);
        _store.Save(worst.Key, []);
        return true;
    }

    private static void Trim(Entry entry)
    {
        if (entry.Addresses.Count > MaxAddressCount)
        {
            entry.Addresses.RemoveRange(MaxAddressCount, entry.Addresses.Count - MaxAddressCount);
        }
    }

    private void Save(Uid device, Entry entry) => _store.Save(device, [.. entry.Addresses]);

    private TimeSpan Jitter(TimeSpan most)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        _random.Fill(bytes);
        return most * (BitConverter.ToUInt16(bytes) / 65_536.0);
    }

    private enum DialState
    {
        Waiting,
        Dialling,
        Connected,
    }

    private sealed class Entry
    {
        public List<IPEndPoint> Addresses { get; } = [];

        public DialState State { get; set; }

        public DateTimeOffset NextDial { get; set; }

        public int FailureCount { get; set; }

        public bool IsWaiting => State == DialState.Waiting && Addresses.Count > 0;
    }
}
