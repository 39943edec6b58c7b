using System.Net;
using System.Net.Sockets;
using DiscreetDb.Core;
using DiscreetDb.Network.Tests.Contract;
using DiscreetDb.TestKit;

namespace DiscreetDb.Network.Tests.Tls;

/// <summary>Real sockets on the loopback interface, and a clock that moves when a test says so.</summary>
internal sealed class TlsHarness : TransportHarness
{
    /// <summary>Ends a test that hangs.</summary>
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(60);

    private readonly List<IAsyncDisposable> _owned = [];
    private readonly List<CuttingRelay> _relays = [];

    public FakeClock Clock { get; } = new();

    public override int LargeSizeBytes => 100 * 1024 * 1024;

    public override int StreamCount => 5_000;

    public override IPeerTransport CreateTransport(Func<TransportOptions, TransportOptions>? change = null)
    {
        var options = new TransportOptions { Clock = Clock, Random = SystemRandom.Instance };
        TlsTransport transport = TlsTransport.Listen(new IPEndPoint(IPAddress.Loopback, 0), change?.Invoke(options) ?? options);
        _owned.Add(transport);
        return transport;
    }

    public override IPEndPoint FindEmptyAddress()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    public override IPEndPoint CuttableAddressOf(IPeerTransport transport)
    {
        var relay = new CuttingRelay(transport.LocalEndPoint);
        _relays.Add(relay);
        return relay.LocalEndPoint;
    }

    public override void CutAll() => _relays.ForEach(r => r.Cut());

    public override Task PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        return Task.CompletedTask;
    }

    public override async Task PassInSilenceAsync(TimeSpan time, IPeerConnection first, IPeerConnection second)
    {
        (TlsConnection Connection, long Received, DateTimeOffset Since)[] ends =
            [((TlsConnection)first, 0, Clock.GetUtcNow()), ((TlsConnection)second, 0, Clock.GetUtcNow())];
        TimeSpan step = TimeSpan.FromMilliseconds(Limits.KeepAliveMs / 4.0);
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += step)
        {
            Clock.Advance(step);
            for (int i = 0; i < ends.Length; i++)
            {
                ends[i] = await HearAsync(ends[i]);
            }
        }
    }

    // A sign of life is on its way by now if there was none for twice its time: real sockets get the time they take.
    private async Task<(TlsConnection Connection, long Received, DateTimeOffset Since)> HearAsync(
        (TlsConnection Connection, long Received, DateTimeOffset Since) end)
    {
        bool isDue = Clock.GetUtcNow() - end.Since >= TimeSpan.FromMilliseconds(2 * Limits.KeepAliveMs);
        while (isDue && end.Connection.ReceivedSizeBytes == end.Received && !end.Connection.Ended.IsCompleted)
        {
            await Task.Yield();
        }

        long received = end.Connection.ReceivedSizeBytes;
        return received == end.Received ? end : (end.Connection, received, Clock.GetUtcNow());
    }

    public override Task RunAsync(Func<Task> scenario) => scenario().WaitAsync(Watchdog);

    public override async ValueTask DisposeAsync()
    {
        _relays.ForEach(r => r.Dispose());
        await Task.WhenAll(_owned.Select(o => o.DisposeAsync().AsTask())).WaitAsync(Watchdog);
    }
}
