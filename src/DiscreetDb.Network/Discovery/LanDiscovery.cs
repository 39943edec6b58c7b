#pragma warning disable CA1849 // The asynchronous cancellation runs on the thread pool, which virtual time does not know.
using System.Net;
using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>
/// Finds devices on the local networks: announces this one, answers whoever it knows, reports whom it hears. It announces thrice at
/// the beginning and after every change, then now and then. What strangers send costs them a packet and this device a few
/// hashes, so many a second and no more. Disposing it sends nothing more; not making one is how it is switched off.
/// </summary>
internal sealed class LanDiscovery : IAsyncDisposable
{
    /// <summary>Announcements that are looked at in a second; each costs a hash per secret.</summary>
    private const int MaxPacketsPerSecond = 100;
    private const int MaxPacketsPerSecondAndAddress = 10;

    /// <summary>Clocks of two devices may differ by so much.</summary>
    private const int MaxMinuteDifference = 10;

    /// <summary>Secrets beyond this are not announced in one round: 8 packets an interface.</summary>
    private const int MaxAnnouncedCount = 8 * LanPacket.MaxTagCount;
    private const int RememberedNonceCount = 256;

    /// <summary>Sightings nobody took; beyond it the oldest are lost, they come again.</summary>
    private const int MaxUntakenCount = 256;

    /// <summary>Changes come in groups: the networks are opened again when nothing more changed for so long, or after a few times of it.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(150);
    private const int MaxSettlingCount = 4;

    private static readonly TimeSpan[] Burst = [TimeSpan.Zero, TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(750)];

    private readonly ILanNetwork _network;
    private readonly LanOptions _options;
    private readonly Func<IReadOnlyList<PeerSecret>> _secrets;
    private readonly RateWindow _rate;
    private readonly WaitQueue<LanSighting> _sightings;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly Queue<Hash256> _nonceOrder = new();
    private readonly HashSet<Hash256> _ownNonces = [];
    private readonly Task _announcing;
    private readonly Waiter _changed;
    private bool _isChanged;
    private bool _isDisposed;

    /// <param name="network">The local networks.</param>
    /// <param name="options">Times and port.</param>
    /// <param name="secrets">Of everybody who may be met, asked for each time.</param>
    public LanDiscovery(ILanNetwork network, LanOptions options, Func<IReadOnlyList<PeerSecret>> secrets)
    {
        _network = network;
        _options = options;
        _secrets = secrets;
        _rate = new RateWindow(options.Clock, MaxPacketsPerSecond, MaxPacketsPerSecondAndAddress);
        _sightings = new WaitQueue<LanSighting>(options.Wakes);
        _changed = options.Wakes.CreateWaiter();
        network.Changed += AnnounceAnew;
        _announcing = RunAsync();
    }

    /// <summary>The next device somebody claims to be; null once disposed. The same comes again and again.</summary>
    public ValueTask<LanSighting?> ReceiveAsync(CancellationToken cancellationToken = default) => _sightings.DequeueAsync(cancellationToken);

    /// <summary>Opens the networks again and announces: after a change of addresses, or of whom this device may meet.</summary>
    public void AnnounceAnew()
    {
        lock (_gate)
        {
            _isChanged = true;
            _options.Wakes.Wake(_changed);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
        }

        _network.Changed -= AnnounceAnew;
        _closing.Cancel();
        await _announcing.ConfigureAwait(false);
        _sightings.Complete(keepsItems: false);
        _closing.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            ILanPort port = _network.Open();
            Task receiving = ReceiveAsync(port);
            try
            {
                await AnnounceUntilChangedAsync(port).ConfigureAwait(false);
                await SettleAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Disposed.
            }

            await port.DisposeAsync().ConfigureAwait(false);
            await receiving.ConfigureAwait(false);
        }
    }

    private async Task SettleAsync()
    {
        for (int i = 0; i < MaxSettlingCount; i++)
        {
            if (!await WaitForChangeAsync(Settling).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private async Task AnnounceUntilChangedAsync(ILanPort port)
    {
        for (int round = 0; ; round++)
        {
            TimeSpan wait = round < Burst.Length ? Burst[round] : _options.Interval * (0.5 + Fraction());
            if (await WaitForChangeAsync(wait).ConfigureAwait(false))
            {
                return;
            }

            foreach (IPAddress address in port.Addresses)
            {
                Announce(port, address);
            }
        }
    }

    private void Announce(ILanPort port, IPAddress address)
    {
        foreach (PeerSecret[] part in _secrets().Take(MaxAnnouncedCount).Chunk(LanPacket.MaxTagCount))
        {
            byte[] nonce = new byte[LanPacket.NonceSizeBytes];
            _options.Random.Fill(nonce);
            Remember(nonce);
            port.Multicast(address, CreatePacket(LanPacketKind.Announcement, nonce).WithTagsFor(part, address, _options.Random).Encode());
        }
    }

    private async Task ReceiveAsync(ILanPort port)
    {
        while (await port.ReceiveAsync().ConfigureAwait(false) is { } arrival)
        {
            if (_rate.TryPass(arrival.Source.Address) && LanPacket.TryDecode(arrival.Bytes.Span, out LanPacket? packet))
            {
                Take(port, arrival, packet);
            }
        }
    }

    private void Take(ILanPort port, LanArrival arrival, LanPacket packet)
    {
        // An announcement of one's own comes back; an answer is one only to an announcement of one's own.
        bool isOwnNonce = IsOwn(packet.Nonce.Span);
        if (isOwnNonce != (packet.Kind == LanPacketKind.Answer) || Math.Abs((long)packet.Minute - Minute()) > MaxMinuteDifference)
        {
            return;
        }

        var tags = new HashSet<ulong>(packet.Tags);
        PeerSecret[] known = [.. _secrets().Where(s => tags.Contains(packet.TagOf(s, arrival.Source.Address))).Take(LanPacket.MaxTagCount)];
        foreach (PeerSecret secret in known)
        {
            Report(new LanSighting(secret, new IPEndPoint(arrival.Source.Address, packet.Port)));
        }

        if (known.Length > 0 && packet.Kind == LanPacketKind.Announcement)
        {
            // No larger than what was asked with: nobody is made to send more than he gets.
            LanPacket answer = CreatePacket(LanPacketKind.Answer, packet.Nonce).WithTagsFor(known, arrival.Local, _options.Random);
            port.Send(arrival.Local, arrival.Source, answer.Encode());
        }
    }

    private void Report(LanSighting sighting)
    {
        if (_sightings.Count >= MaxUntakenCount)
        {
            _sightings.TryDequeue(out _);
        }

        _sightings.TryEnqueue(sighting);
    }

    private LanPacket CreatePacket(LanPacketKind kind, ReadOnlyMemory<byte> nonce) =>
        new(kind, nonce, (uint)Minute(), (ushort)_options.ListenPort, []);

    private long Minute() => _options.Clock.GetUtcNow().ToUnixTimeSeconds() / 60;

    private void Remember(byte[] nonce)
    {
        lock (_gate)
        {
            Hash256 hash = Blake3.Hash(nonce);
            _ownNonces.Add(hash);
            _nonceOrder.Enqueue(hash);
            if (_nonceOrder.Count > RememberedNonceCount)
            {
                _ownNonces.Remove(_nonceOrder.Dequeue());
            }
        }
    }

    private bool IsOwn(ReadOnlySpan<byte> nonce)
    {
        lock (_gate)
        {
            return _ownNonces.Contains(Blake3.Hash(nonce));
        }
    }

    private double Fraction()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        _options.Random.Fill(bytes);
        return BitConverter.ToUInt16(bytes) / 65_536.0;
    }

    /// <summary>True when something changed before the time was over.</summary>
    private async ValueTask<bool> WaitForChangeAsync(TimeSpan time)
    {
        long start = _options.Clock.GetTimestamp();
        while (true)
        {
            _closing.Token.ThrowIfCancellationRequested();
            TimeSpan left = time - _options.Clock.GetElapsedTime(start);
            lock (_gate)
            {
                if (_isChanged || left <= TimeSpan.Zero)
                {
                    bool isChanged = _isChanged;
                    _isChanged = false;
                    return isChanged;
                }

                _changed.Arm();
            }

            using ITimer timer = _options.Clock.CreateTimer(_ => _options.Wakes.Wake(_changed), null, left, Timeout.InfiniteTimeSpan);
            await _changed.WaitAsync(_closing.Token).ConfigureAwait(false);
        }
    }
}
