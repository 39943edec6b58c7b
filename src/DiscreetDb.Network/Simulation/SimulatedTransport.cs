using System.Net;
using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>
/// A host of a <see cref="SimulatedNetwork" />. Connections carry the frames of the same multiplexer as TLS, each frame a packet:
/// what is lost is sent again, frames of one stream stay in order, others overtake each other.
/// </summary>
internal sealed class SimulatedTransport : IPeerTransport
{
    private static readonly TimeSpan DialRetry = TimeSpan.FromMilliseconds(500);

    private readonly WaitQueue<IPeerConnection> _accepted;
    private readonly Dictionary<long, SimulatedConnection> _connections = [];
    private readonly HalfOpenTable _halfOpen;
    private readonly SimulatedDatagrams _datagrams;
    private long _nextConnection;
    private int _listenedCount;
    private bool _isClosed;

    public SimulatedTransport(SimulatedNetwork network, IPEndPoint address, TransportOptions options)
    {
        Network = network;
        LocalEndPoint = address;
        Options = options;
        _accepted = new WaitQueue<IPeerConnection>(network);
        _halfOpen = new HalfOpenTable(options.HalfOpenCount, options.HalfOpenPerAddressCount);
        _datagrams = new SimulatedDatagrams(network, address);
        Span<byte> hash = stackalloc byte[Hash256.SizeBytes];
        network.Random.Fill(hash);
        CertificateHash = new Hash256(hash);
    }

    public TransportKind Kind => TransportKind.Simulated;

    public IPEndPoint LocalEndPoint { get; }

    public Hash256 CertificateHash { get; }

    public IDatagramPort? Datagrams => _datagrams;

    public int ConnectionCount => _connections.Count;

    /// <summary>The machine is off: it takes nothing and says nothing, its peers do not learn of it.</summary>
    public bool HasCrashed { get; private set; }

    internal SimulatedNetwork Network { get; }

    internal TransportOptions Options { get; }

    public async ValueTask<IPeerConnection> DialAsync(DialTarget target, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        var connection = new SimulatedConnection(this, ++_nextConnection, target.EndPoint, ConnectionRole.Dialler);
        _connections.Add(connection.Id, connection);
        connection.SendDial(DialRetry, target.CertificateHash);
        try
        {
            await connection.WhenEstablishedAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask<IPeerConnection?> AcceptAsync(CancellationToken cancellationToken = default) => _accepted.DequeueAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        Network.Remove(this);
        _datagrams.Close();
        _accepted.Complete(keepsItems: false);
        foreach (SimulatedConnection connection in _connections.Values.ToArray())
        {
            await connection.CloseAsync(CloseCode.ShuttingDown).ConfigureAwait(false);
        }
    }

    /// <summary>Power off: everything of this host stops, in the middle of it.</summary>
    public void Crash()
    {
        HasCrashed = true;
        _datagrams.Close();
        _accepted.Complete(keepsItems: false);
        foreach (SimulatedConnection connection in _connections.Values.ToArray())
        {
            connection.Drop();
        }
    }

    /// <summary>Somebody dials. Answers whom they reached; null when they are refused.</summary>
    internal SimulatedConnection? TakeDial(SimulatedConnection dialler)
    {
        if (_isClosed || _listenedCount == Options.ConnectionCount || !Options.AcceptsCertificate(dialler.LocalCertificateHash)
            || !_halfOpen.TryEnter(dialler.Transport.LocalEndPoint.Address))
        {
            return null;
        }

        _listenedCount++;
        var connection = new SimulatedConnection(this, ++_nextConnection, dialler.Transport.LocalEndPoint, ConnectionRole.Listener);
        _connections.Add(connection.Id, connection);
        connection.Establish(dialler);
        _accepted.TryEnqueue(connection);
        return connection;
    }

    internal SimulatedConnection? Find(long id) => _connections.GetValueOrDefault(id);

    internal void TakeDatagram(Datagram datagram)
    {
        if (!HasCrashed)
        {
            _datagrams.Take(datagram);
        }
    }

    internal void Remove(SimulatedConnection connection)
    {
        if (_connections.Remove(connection.Id) && connection.Role == ConnectionRole.Listener)
        {
            _listenedCount--;
        }
    }

    internal void LeaveHalfOpen(IPAddress address) => _halfOpen.Leave(address);

    private void ThrowIfClosed()
    {
        if (_isClosed || HasCrashed)
        {
            throw new NetworkException(NetworkFault.ConnectionClosed, "The transport is closed.");
        }
    }
}
