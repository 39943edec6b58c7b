using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>
/// A connection over TLS: one loop that reads frames and one that writes them. A frame is taken from the multiplexer only when
/// there is room to send it, so whoever does not read stops its senders and nothing piles up here.
/// </summary>
internal sealed class TlsConnection : IPeerConnection, IMultiplexerHost
{
    private const int ReadBufferSizeBytes = 64 * 1024;
    private const int WriteBufferSizeBytes = 64 * 1024;

    /// <summary>How long an end that was closed waits for the other to close too, so that the code is not lost with the socket.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);

    private readonly Socket _socket;
    private readonly SslStream _stream;
    private readonly TransportOptions _options;
    private readonly Multiplexer _multiplexer;
    private readonly ConnectionTimers _timers;
    private readonly Waiter _outputWaiter = PoolWakes.Instance.CreateWaiter();
    private readonly Lock _outputGate = new();
    private readonly TaskCompletionSource<ConnectionEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _established = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isOutputReady;
    private int _isAdmitted;

    public TlsConnection(
        Socket socket, SslStream stream, ConnectionRole role, Hash256 local, Hash256 remote, TransportOptions options, long start)
    {
        _socket = socket;
        _stream = stream;
        _options = options;
        Role = role;
        RemoteEndPoint = Unmapped((IPEndPoint)socket.RemoteEndPoint!);
        LocalCertificateHash = local;
        RemoteCertificateHash = remote;
        _multiplexer = new Multiplexer(this, role, StreamWindows.Of(options));
        _timers = new ConnectionTimers(options, _multiplexer, GiveUp, options.Clock.GetElapsedTime(start));
    }

    public TransportKind Kind => TransportKind.Tls;

    public ConnectionRole Role { get; }

    public IPEndPoint RemoteEndPoint { get; }

    public Hash256 LocalCertificateHash { get; }

    public Hash256 RemoteCertificateHash { get; }

    public Task<ConnectionEnd> Ended => _ended.Task;

    /// <summary>Streams that are open; for tests of what stays behind.</summary>
    public int OpenStreamCount => _multiplexer.OpenStreamCount;

    /// <summary>What came so far, in bytes of frames.</summary>
    public long ReceivedSizeBytes
    {
        get => Volatile.Read(ref field);
        private set => Volatile.Write(ref field, value);
    }

    /// <summary>Called once, when it is admitted or has ended.</summary>
    public Action? OnAdmitted { get; set; }

    /// <summary>Called once, when nothing of it runs any more.</summary>
    public Action? OnStopped { get; set; }

    /// <summary>Begins to read and write.</summary>
    public void Start() => _ = RunAsync();

    /// <summary>Ends when the peer has taken the certificate: a dialler's TLS is done before the other end has judged it.</summary>
    public Task WhenEstablishedAsync(CancellationToken cancellationToken) => _established.Task.WaitAsync(cancellationToken);

    public void Admit()
    {
        if (_multiplexer.End is null && LeaveHalfOpen())
        {
            _timers.Admit();
            _multiplexer.Admit();
        }
    }

    public ValueTask<IPeerStream> OpenStreamAsync(CancellationToken cancellationToken = default) => _multiplexer.OpenStreamAsync(cancellationToken);

    public ValueTask<IPeerStream?> AcceptStreamAsync(CancellationToken cancellationToken = default) => _multiplexer.AcceptStreamAsync(cancellationToken);

    public async ValueTask CloseAsync(CloseCode code, CancellationToken cancellationToken = default)
    {
        _multiplexer.Close(ConnectionEndReason.ClosedHere, code);
        await _stopped.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => CloseAsync(CloseCode.Closed);

    Waiter IWakes.CreateWaiter() => PoolWakes.Instance.CreateWaiter();

    void IWakes.Wake(Waiter waiter) => waiter.Set();

    void IMultiplexerHost.OnOutputReady()
    {
        lock (_outputGate)
        {
            _isOutputReady = true;
            _outputWaiter.Set();
        }
    }

    void IMultiplexerHost.OnEnded(ConnectionEnd end)
    {
        ((IMultiplexerHost)this).OnOutputReady();
        _established.TrySetException(NetworkException.Of(end));
        _ = _established.Task.Exception;
        _ended.TrySetResult(end);
    }

    private async Task RunAsync()
    {
        Task loops = Task.WhenAll(ReadLoopAsync(), WriteLoopAsync());
        await _ended.Task.ConfigureAwait(false);
        try
        {
            // The code is on its way; the other end closes too, or is not waited for, nor is one that does not read it.
            await loops.WaitAsync(Linger, _options.Clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Closed below, which ends the loops.
        }

        _timers.Dispose();
        _socket.Dispose();
        await loops.ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        LeaveHalfOpen();
        OnStopped?.Invoke();
        _stopped.TrySetResult();
    }

    private async Task ReadLoopAsync()
    {
        byte[] buffer = new byte[ReadBufferSizeBytes];
        int filled = 0;
        try
        {
            while (true)
            {
                int count = await _stream.ReadAsync(buffer.AsMemory(filled)).ConfigureAwait(false);
                if (count == 0)
                {
                    break;
                }

                _timers.OnReceived();
                ReceivedSizeBytes += count;
                filled += count;
                int taken = _multiplexer.Receive(buffer.AsSpan(0, filled));
                buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
                filled -= taken;
                if (_multiplexer.HasPreface)
                {
                    _established.TrySetResult();
                }
            }
        }
        catch (Exception)
        {
            // The connection broke, or this end closed it. What TLS throws then has no type of its own: this is the edge where it ends.
        }

        _multiplexer.Lose(ConnectionEndReason.Lost);
    }

    private async Task WriteLoopAsync()
    {
        byte[] buffer = new byte[WriteBufferSizeBytes];
        try
        {
            while (true)
            {
                int size = Fill(buffer);
                if (size > 0)
                {
                    await _stream.WriteAsync(buffer.AsMemory(0, size)).ConfigureAwait(false);
                    _timers.OnSent();
                }
                else if (_multiplexer.IsOutputComplete)
                {
                    await _stream.ShutdownAsync().ConfigureAwait(false);
                    _socket.Shutdown(SocketShutdown.Send);
                    return;
                }
                else if (TryArmOutput())
                {
                    await _outputWaiter.WaitAsync(CancellationToken.None).ConfigureAwait(false);
                }
            }
        }
        catch (Exception)
        {
            // As above.
            _multiplexer.Lose(ConnectionEndReason.Lost);
        }
    }

    private int Fill(byte[] buffer)
    {
        int size = 0;
        while (buffer.Length - size >= MuxFrame.MaxSizeBytes && _multiplexer.TryTakeFrame(buffer.AsSpan(size), out int frameSize, out _))
        {
            size += frameSize;
        }

        return size;
    }

    // Whatever became ready since the last look is found by looking again.
    private bool TryArmOutput()
    {
        lock (_outputGate)
        {
            if (_isOutputReady)
            {
                _isOutputReady = false;
                return false;
            }

            _outputWaiter.Arm();
            return true;
        }
    }

    private bool LeaveHalfOpen()
    {
        if (Interlocked.Exchange(ref _isAdmitted, 1) != 0)
        {
            return false;
        }

        OnAdmitted?.Invoke();
        return true;
    }

    // A socket that takes both families shows IPv4 as a part of IPv6.
    private static IPEndPoint Unmapped(IPEndPoint endPoint) =>
        endPoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endPoint.Address.MapToIPv4(), endPoint.Port) : endPoint;

    // A writer that is stuck behind a peer that does not read cannot send a code: the socket goes at once.
    private void GiveUp(ConnectionEndReason reason)
    {
        _multiplexer.Lose(reason);
        _socket.Close(0);
    }
}
