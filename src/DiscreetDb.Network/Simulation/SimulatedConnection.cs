using System.Net;
using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>One end of a connection of a <see cref="SimulatedNetwork" />.</summary>
internal sealed class SimulatedConnection : IPeerConnection, IMultiplexerHost
{
    /// <summary>A packet that was lost is sent again after the time of a round trip, at least this.</summary>
    private static readonly TimeSpan MinResend = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan RetryBehindCut = TimeSpan.FromMilliseconds(100);

    /// <summary>After so many packets without an answer there will be none: the idle deadline is shorter.</summary>
    private const int MaxResendCount = 1_000;

    private readonly Multiplexer _multiplexer;
    private readonly ConnectionTimers _timers;
    private readonly TaskCompletionSource<ConnectionEnd> _ended = new();
    private readonly Waiter _dialWaiter = new(isAsynchronous: false);
    private readonly Dictionary<long, TimeSpan> _lastArrivals = [];
    private SimulatedConnection? _remote;
    private readonly Queue<byte[]> _held = new();
    private TimeSpan _prefaceArrival;
    private bool _isPumpScheduled;

    // The dialler sends once it was answered, the listener once the dialler has sent.
    private bool _isOpen;
    private bool _isAdmitted;
    private NetworkException? _dialFailure;

    public SimulatedConnection(SimulatedTransport transport, long id, IPEndPoint remoteEndPoint, ConnectionRole role)
    {
        Transport = transport;
        Id = id;
        Role = role;
        RemoteEndPoint = remoteEndPoint;
        _multiplexer = new Multiplexer(this, role, StreamWindows.Of(transport.Options));
        _timers = new ConnectionTimers(transport.Options, _multiplexer, GiveUp);
    }

    public long Id { get; }

    public SimulatedTransport Transport { get; }

    public TransportKind Kind => TransportKind.Simulated;

    public ConnectionRole Role { get; }

    public IPEndPoint RemoteEndPoint { get; }

    public Hash256 LocalCertificateHash => Transport.CertificateHash;

    public Hash256 RemoteCertificateHash { get; private set; }

    public Task<ConnectionEnd> Ended => _ended.Task;

    private SimulatedNetwork Network => Transport.Network;

    private SimulatedLink LinkToRemote => Network.GetLink(Transport.LocalEndPoint.Address, RemoteEndPoint.Address);

    public void Admit()
    {
        if (!_isAdmitted && _multiplexer.End is null)
        {
            LeaveHalfOpen();
            _timers.Admit();
            _multiplexer.Admit();
        }
    }

    public ValueTask<IPeerStream> OpenStreamAsync(CancellationToken cancellationToken = default) => _multiplexer.OpenStreamAsync(cancellationToken);

    public ValueTask<IPeerStream?> AcceptStreamAsync(CancellationToken cancellationToken = default) => _multiplexer.AcceptStreamAsync(cancellationToken);

    public ValueTask CloseAsync(CloseCode code, CancellationToken cancellationToken = default)
    {
        _multiplexer.Close(ConnectionEndReason.ClosedHere, code);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => CloseAsync(CloseCode.Closed);

    Waiter IWakes.CreateWaiter() => ((IWakes)Network).CreateWaiter();

    void IWakes.Wake(Waiter waiter) => ((IWakes)Network).Wake(waiter);

    void IMultiplexerHost.OnOutputReady()
    {
        if (!_isPumpScheduled)
        {
            _isPumpScheduled = true;
            Network.Schedule(TimeSpan.Zero, Pump);
        }
    }

    void IMultiplexerHost.OnEnded(ConnectionEnd end) => Network.Schedule(TimeSpan.Zero, () => End(end));

    /// <summary>Asks the other host again and again, until it answers or this end gives up.</summary>
    internal void SendDial(TimeSpan retry, Hash256? expected)
    {
        if (_remote is not null || _multiplexer.End is not null)
        {
            return;
        }

        if (Network.TrySend(Transport.LocalEndPoint.Address, RemoteEndPoint.Address, 1_200, out TimeSpan delay))
        {
            Network.Schedule(delay, () => ReachListener(expected));
        }

        Network.Schedule(retry, () => SendDial(retry, expected));
    }

    /// <summary>Not the framework's waiting on a task, whose cancellation leaves this thread.</summary>
    internal async Task WhenEstablishedAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (!_multiplexer.HasPreface)
        {
            if (_dialFailure is not null)
            {
                throw _dialFailure;
            }

            _dialWaiter.Arm();
            await _dialWaiter.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    internal void Establish(SimulatedConnection remote)
    {
        _remote = remote;
        RemoteCertificateHash = remote.LocalCertificateHash;
        _isOpen = Role == ConnectionRole.Dialler;
        _timers.OnReceived();
        ((IMultiplexerHost)this).OnOutputReady();
    }

    /// <summary>Ends without a word to anybody.</summary>
    internal void Drop() => _multiplexer.Lose(ConnectionEndReason.Lost);

    private void ReachListener(Hash256? expected)
    {
        if (_remote is not null || _multiplexer.End is not null || Network.Find(RemoteEndPoint) is { HasCrashed: true })
        {
            return;
        }

        SimulatedConnection? listener = Network.Find(RemoteEndPoint)?.TakeDial(this);
        if (listener is null)
        {
            AnswerDial(() => Refuse(NetworkFault.Refused));
            return;
        }

        _remote = listener;
        AnswerDial(() =>
        {
            if ((expected is { } hash && hash != listener.LocalCertificateHash) || !Transport.Options.AcceptsCertificate(listener.LocalCertificateHash))
            {
                Refuse(NetworkFault.CertificateRefused);
                return;
            }

            Establish(listener);
        });
    }

    // The answer is sent again until it arrives, like everything of a connection.
    private void AnswerDial(Action arrive) => Resend(RemoteEndPoint.Address, Transport.LocalEndPoint.Address, 1_200, TimeSpan.Zero, arrive, 0);

    private void Refuse(NetworkFault fault)
    {
        _dialFailure ??= new NetworkException(fault, $"{RemoteEndPoint}: {fault}.");
        _isOpen = true;
        _multiplexer.Close(ConnectionEndReason.ClosedHere, CloseCode.Closed);
    }

    private void Pump()
    {
        _isPumpScheduled = false;
        if (_remote is null || !_isOpen || Transport.HasCrashed)
        {
            return;
        }

        Span<byte> frame = stackalloc byte[MuxFrame.MaxSizeBytes];
        while (_multiplexer.TryTakeFrame(frame, out int size, out long stream))
        {
            _timers.OnSent();
            SendFrame(frame[..size].ToArray(), stream);
        }
    }

    // The preface is first of all; nothing of a stream overtakes what was before it in the stream.
    private void SendFrame(byte[] frame, long stream)
    {
        var type = (MuxFrameType)frame[0];
        TimeSpan earliest = Max(_prefaceArrival, _lastArrivals.GetValueOrDefault(stream));
        TimeSpan arrival = ArrivalOf(frame.Length, earliest);
        if (type == MuxFrameType.Preface)
        {
            _prefaceArrival = arrival;
        }

        _lastArrivals[stream] = arrival;
        if (type is MuxFrameType.Reset or MuxFrameType.LastData)
        {
            // No bytes follow, and of what else may follow the order does not matter.
            _lastArrivals.Remove(stream);
        }

        Network.Schedule(arrival - Network.Now, () => Arrive(frame));
    }

    private TimeSpan ArrivalOf(int size, TimeSpan earliest)
    {
        TimeSpan waited = TimeSpan.Zero;
        TimeSpan delay;
        while (!Network.TrySend(Transport.LocalEndPoint.Address, RemoteEndPoint.Address, size, out delay) && !LinkToRemote.IsCut)
        {
            waited += Max(delay * 2, MinResend);
        }

        return Max(Network.Now + waited + delay, earliest + TimeSpan.FromTicks(1));
    }

    // Behind a cut everything waits in order, and is tried again until it is healed.
    private void Arrive(byte[] frame)
    {
        if (_held.Count == 0 && !LinkToRemote.IsCut)
        {
            Hand(frame);
            return;
        }

        _held.Enqueue(frame);
        if (_held.Count == 1)
        {
            Network.Schedule(RetryBehindCut, TryHeld);
        }
    }

    private void TryHeld()
    {
        while (_held.Count > 0 && !LinkToRemote.IsCut)
        {
            Hand(_held.Dequeue());
        }

        if (_held.Count > 0 && !Transport.HasCrashed)
        {
            Network.Schedule(RetryBehindCut, TryHeld);
        }
    }

    private void Hand(byte[] frame)
    {
        if (Transport.HasCrashed)
        {
            return;
        }

        if (!_remote!.Transport.HasCrashed)
        {
            _remote.TakeFrame(frame);
            return;
        }

        // A machine that was started again does not know the connection, and says so.
        if (Network.Find(RemoteEndPoint) is { HasCrashed: false })
        {
            _multiplexer.Lose(ConnectionEndReason.Lost);
        }
    }

    private void TakeFrame(byte[] frame)
    {
        if (_multiplexer.End is not null)
        {
            return;
        }

        Network.Note((ulong)frame.Length);
        Network.Note(((ulong)Id << 8) | frame[0]);
        _timers.OnReceived();
        _multiplexer.Receive(frame);
        if (!_isOpen)
        {
            _isOpen = true;
            ((IMultiplexerHost)this).OnOutputReady();
        }

        ((IWakes)this).Wake(_dialWaiter);
    }

    private void Resend(IPAddress from, IPAddress to, int size, TimeSpan waited, Action arrive, int count)
    {
        if (count == MaxResendCount)
        {
            return;
        }

        if (Network.TrySend(from, to, size, out TimeSpan delay))
        {
            Network.Schedule(waited + delay, arrive);
            return;
        }

        TimeSpan retry = Max(delay * 2, MinResend);
        Network.Schedule(retry, () => Resend(from, to, size, TimeSpan.Zero, arrive, count + 1));
    }

    private void GiveUp(ConnectionEndReason reason)
    {
        if (!_multiplexer.HasPreface)
        {
            _dialFailure ??= new NetworkException(NetworkFault.TimedOut, $"{RemoteEndPoint} did not answer.");
            _multiplexer.Lose(reason);
            return;
        }

        // Whoever is only silent is told; whoever is gone does not hear it.
        _multiplexer.Close(reason, CloseCode.Closed);
    }

    private void LeaveHalfOpen()
    {
        if (!_isAdmitted)
        {
            _isAdmitted = true;
            if (Role == ConnectionRole.Listener)
            {
                Transport.LeaveHalfOpen(RemoteEndPoint.Address);
            }
        }
    }

    private void End(ConnectionEnd end)
    {
        Pump();
        LeaveHalfOpen();
        _timers.Dispose();
        Transport.Remove(this);
        _dialFailure ??= NetworkException.Of(end);
        _dialWaiter.Set();
        _ended.TrySetResult(end);
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
