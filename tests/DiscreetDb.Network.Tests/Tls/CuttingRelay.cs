using System.Net;
using System.Net.Sockets;

namespace DiscreetDb.Network.Tests.Tls;

/// <summary>Forwards TCP connections to one address, until it is cut: then it keeps them open and swallows everything.</summary>
internal sealed class CuttingRelay : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly IPEndPoint _target;
    private readonly List<Socket> _sockets = [];
    private readonly Lock _gate = new();
    private volatile bool _isCut;

    public CuttingRelay(IPEndPoint target)
    {
        _target = target;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _ = AcceptAsync();
    }

    public IPEndPoint LocalEndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    public void Cut() => _isCut = true;

    public void Dispose()
    {
        _listener.Dispose();
        lock (_gate)
        {
            _sockets.ForEach(s => s.Dispose());
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket near = Own(await _listener.AcceptAsync());
                Socket far = Own(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
                await far.ConnectAsync(_target);
                _ = ForwardAsync(near, far);
                _ = ForwardAsync(far, near);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private Socket Own(Socket socket)
    {
        lock (_gate)
        {
            _sockets.Add(socket);
        }

        return socket;
    }

    private async Task ForwardAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                if (!_isCut)
                {
                    await to.SendAsync(buffer.AsMemory(0, count));
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One of the two is gone.
        }
    }
}
