using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>
/// TLS 1.3 over TCP with multiplexed streams (schema/wire.md "Streams over TLS"): needs nothing but .NET, and gets through where
/// UDP does not. Both ends show a certificate made for this process.
/// </summary>
internal sealed class TlsTransport : IPeerTransport
{
    private const int Backlog = 128;
    private static readonly TimeSpan AcceptRetry = TimeSpan.FromMilliseconds(100);

    private readonly TransportOptions _options;
    private readonly TlsIdentity _identity;
    private readonly Socket _listener;
    private readonly HalfOpenTable _halfOpen;
    private readonly WaitQueue<IPeerConnection> _accepted = new(PoolWakes.Instance);
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly HashSet<TlsConnection> _connections = [];
    private readonly HashSet<Task> _arriving = [];
    private readonly Task _acceptLoop;
    private int _listenedCount;
    private bool _isClosed;

    private TlsTransport(TransportOptions options, Socket listener)
    {
        _options = options;
        _identity = TlsIdentity.Create(options.Random);
        _listener = listener;
        _halfOpen = new HalfOpenTable(options.HalfOpenCount, options.HalfOpenPerAddressCount);
        LocalEndPoint = (IPEndPoint)listener.LocalEndPoint!;
        _acceptLoop = AcceptLoopAsync();
    }

    public TransportKind Kind => TransportKind.Tls;

    public IPEndPoint LocalEndPoint { get; }

    public Hash256 CertificateHash => _identity.Hash;

    /// <summary>There is no UDP socket here.</summary>
    public IDatagramPort? Datagrams => null;

    /// <summary>Connections that are open, whoever dialled.</summary>
    public int ConnectionCount
    {
        get
        {
            lock (_gate)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>Connections others dialled that were not admitted yet.</summary>
    public int HalfOpenCount => _halfOpen.Count;

    /// <summary>Begins to listen. On an IPv6 address of any machine it takes IPv4 too; port 0 takes a free one.</summary>
    /// <exception cref="NetworkException">Unreachable: the address cannot be listened on.</exception>
    public static TlsTransport Listen(IPEndPoint address, TransportOptions options)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(address);
            socket.Listen(Backlog);
            return new TlsTransport(options, socket);
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw new NetworkException(NetworkFault.Unreachable, $"Cannot listen on {address}: {failure.SocketErrorCode}.", innerException: failure);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async ValueTask<IPeerConnection> DialAsync(DialTarget target, CancellationToken cancellationToken = default)
    {
        using var deadline = new CancellationTokenSource(_options.HandshakeTime, _options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token, ClosingToken());
        var socket = new Socket(target.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target.EndPoint, either.Token).ConfigureAwait(false);
            TlsConnection connection = await TlsHandshake.DialAsync(socket, target, _identity, _options, either.Token).ConfigureAwait(false);
            Add(connection);
            connection.Start();
            await connection.WhenEstablishedAsync(either.Token).ConfigureAwait(false);
            return connection;
        }
        catch (Exception failure) when (failure is SocketException or IOException or AuthenticationException or OperationCanceledException or NetworkException)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw DialFailure(target, failure);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public ValueTask<IPeerConnection?> AcceptAsync(CancellationToken cancellationToken = default) => _accepted.DequeueAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        TlsConnection[] open;
        Task[] arriving;
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            open = [.. _connections];
            arriving = [.. _arriving];
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _acceptLoop.ConfigureAwait(false);
        await Task.WhenAll(arriving).ConfigureAwait(false);
        _accepted.Complete(keepsItems: false);
        await Task.WhenAll(open.Select(c => c.CloseAsync(CloseCode.ShuttingDown).AsTask())).ConfigureAwait(false);
        _identity.Dispose();
        _closing.Dispose();
    }

    private async Task AcceptLoopAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                Take(await _listener.AcceptAsync(_closing.Token).ConfigureAwait(false));
            }
            catch (Exception failure) when (failure is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException failure) when (failure.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
            {
                // It broke while it waited; nobody makes the others wait by that.
            }
            catch (SocketException)
            {
                // Out of handles, for example. Listening goes on, but not in circles.
                await WaitAsync(AcceptRetry).ConfigureAwait(false);
            }
        }
    }

    // Straight-line work only: nobody who connects keeps the others waiting.
    private void Take(Socket socket)
    {
        if (AddressOf(socket) is not { } address)
        {
            socket.Dispose();
            return;
        }

        lock (_gate)
        {
            if (_isClosed || _listenedCount >= _options.ConnectionCount || !_halfOpen.TryEnter(address))
            {
                // At once and without the wait for the other end that an orderly close takes.
                socket.Close(0);
                return;
            }

            _listenedCount++;
            Task arrival = ArriveAsync(socket, address);
            if (!arrival.IsCompleted)
            {
                _arriving.Add(arrival);
                _ = arrival.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Null when the connection is gone already.</summary>
    private static IPAddress? AddressOf(Socket socket)
    {
        try
        {
            return ((IPEndPoint?)socket.RemoteEndPoint)?.Address;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private async Task ArriveAsync(Socket socket, IPAddress address)
    {
        long start = _options.Clock.GetTimestamp();
        try
        {
            socket.NoDelay = true;
            using var deadline = new CancellationTokenSource(_options.HandshakeTime, _options.Clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _closing.Token);
            TlsConnection connection = await TlsHandshake.ListenAsync(socket, _identity, _options, start, either.Token).ConfigureAwait(false);
            connection.OnAdmitted = () => _halfOpen.Leave(address);
            Add(connection);
            connection.Start();
            if (!_accepted.TryEnqueue(connection))
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is SocketException or IOException or AuthenticationException or OperationCanceledException or NetworkException or ObjectDisposedException)
        {
            // Whoever does not speak TLS 1.3 with a certificate, or not in time, is nobody's concern.
            socket.Close(0);
            _halfOpen.Leave(address);
            lock (_gate)
            {
                _listenedCount--;
            }
        }
    }

    private void Forget(Task arrival)
    {
        lock (_gate)
        {
            _arriving.Remove(arrival);
        }
    }

    private void Add(TlsConnection connection)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                throw new NetworkException(NetworkFault.ConnectionClosed, "The transport is closed.");
            }

            _connections.Add(connection);
        }

        connection.OnStopped = () => Remove(connection);
    }

    private void Remove(TlsConnection connection)
    {
        lock (_gate)
        {
            if (_connections.Remove(connection) && connection.Role == ConnectionRole.Listener)
            {
                _listenedCount--;
            }
        }
    }

    private async Task WaitAsync(TimeSpan time)
    {
        try
        {
            await Task.Delay(time, _options.Clock, _closing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The loop looks for itself.
        }
    }

    private CancellationToken ClosingToken()
    {
        lock (_gate)
        {
            return _isClosed ? throw new NetworkException(NetworkFault.ConnectionClosed, "The transport is closed.") : _closing.Token;
        }
    }

    private NetworkException DialFailure(DialTarget target, Exception failure) => failure switch
    {
        NetworkException { Fault: NetworkFault.CertificateRefused } own => own,
        _ when _isClosed => new NetworkException(NetworkFault.ConnectionClosed, "The transport was closed.", innerException: failure),
        OperationCanceledException => new NetworkException(NetworkFault.TimedOut, $"{target.EndPoint} did not answer in {_options.HandshakeTime}.", innerException: failure),
        SocketException { SocketErrorCode: SocketError.TimedOut } => new NetworkException(NetworkFault.TimedOut, $"{target.EndPoint} did not answer.", innerException: failure),
        SocketException { SocketErrorCode: not SocketError.ConnectionRefused and not SocketError.ConnectionReset } socket =>
            new NetworkException(NetworkFault.Unreachable, $"{target.EndPoint} cannot be reached: {socket.SocketErrorCode}.", innerException: failure),
        _ => new NetworkException(NetworkFault.Refused, $"{target.EndPoint} refused the connection.", innerException: failure),
    };
}
