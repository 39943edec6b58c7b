using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DiscreetDb.Core;

namespace DiscreetDb.Network.Lab;

/// <summary>What a machine of a lab does. Each says on its output what happened, a line at a time, and ends when its input does.</summary>
internal static class Roles
{
    public static int Usage()
    {
        Console.Error.WriteLine("discover SELF OTHER PORT | listen SELF OTHER PORT | dial SELF OTHER BYTES ADDRESS... | overhear COUNT | churn MINUTES | measure");
        return 2;
    }

    /// <summary>Looks for the other on the local networks, and says where it is whenever that is news.</summary>
    public static async Task<int> DiscoverAsync(byte self, byte other, int port)
    {
        var peer = new LabPeer(self, other);
        var options = new LanOptions { Clock = TimeProvider.System, Random = SystemRandom.Instance, ListenPort = port };
        using var lan = new UdpLan(options);
        long start = Stopwatch.GetTimestamp();
        await using var discovery = new LanDiscovery(lan, options, () => peer.Secrets);
        Say("READY");
        Task<string> end = EndOfInputAsync();
        HashSet<IPEndPoint> seen = [];
        while (true)
        {
            Task<LanSighting?> sighting = discovery.ReceiveAsync().AsTask();
            if (await Task.WhenAny(sighting, end) == end)
            {
                return 0;
            }

            if (await sighting is { } found && seen.Add(found.EndPoint))
            {
                Say($"FOUND {found.EndPoint} after {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
            }
        }
    }

    /// <summary>Takes connections and echoes their streams.</summary>
    public static async Task<int> ListenAsync(byte self, byte other, int port)
    {
        var peer = new LabPeer(self, other);
        await using TlsTransport transport = TlsTransport.Listen(new IPEndPoint(IPAddress.IPv6Any, port), Transport());
        Say("READY");
        _ = AcceptAsync(transport, peer);
        await EndOfInputAsync();
        return 0;
    }

    /// <summary>Reaches the other at one of the addresses, and has it echo so many bytes.</summary>
    public static async Task<int> DialAsync(byte self, byte other, int size, string[] addresses)
    {
        var peer = new LabPeer(self, other);
        await using TlsTransport transport = TlsTransport.Listen(new IPEndPoint(IPAddress.IPv6Any, 0), Transport());
        var dialler = new PeerDialler(peer.Options, [transport], TimeProvider.System, PoolWakes.Instance);
        long start = Stopwatch.GetTimestamp();
        AuthenticatedPeer? reached = await dialler.DialAsync([.. addresses.Select(IPEndPoint.Parse)], peer.Secrets);
        if (reached is null)
        {
            Say("NOBODY");
            return 1;
        }

        Say($"REACHED {reached.Connection.RemoteEndPoint} after {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
        start = Stopwatch.GetTimestamp();
        IPeerStream stream = await reached.Connection.OpenStreamAsync();
        Task writing = stream.WriteAsync(new byte[size], isLast: true).AsTask();
        int received = 0;
        byte[] buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer) is > 0 and var count)
        {
            received += count;
        }

        await writing;
        Say($"ECHOED {received} in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
        await reached.DisposeAsync();
        return 0;
    }

    /// <summary>Hears what is sent to everybody, without belonging to it, until so many packets have come.</summary>
    public static async Task<int> OverhearAsync(int count)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Any, UdpLan.Port));
        foreach (System.Net.NetworkInformation.NetworkInterface i in System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces())
        {
            socket.SetSocketOption(
                SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(UdpLan.GroupV4, i.GetIPProperties().GetIPv4Properties().Index));
        }

        Say("READY");
        Task<string> end = EndOfInputAsync();
        byte[] buffer = new byte[2_000];
        for (int i = 0; i < count; i++)
        {
            Task<int> receiving = socket.ReceiveAsync(buffer);
            if (await Task.WhenAny(receiving, end) == end)
            {
                break;
            }

            Say($"HEARD {await receiving}");
        }

        Say("DONE");
        return 0;
    }

    private static async Task AcceptAsync(TlsTransport transport, LabPeer peer)
    {
        while (await transport.AcceptAsync() is { } connection)
        {
            _ = ServeAsync(connection, peer);
        }
    }

    private static async Task ServeAsync(IPeerConnection connection, LabPeer peer)
    {
        HandshakeResult result = await Handshake.AcceptAsync(peer.Options, connection);
        Say(result.Peer is { } found ? $"PEER {found.Certificate.DeviceName}" : $"REFUSED {result.Fault}");
        while (await connection.AcceptStreamAsync() is { } stream)
        {
            _ = EchoAsync(stream);
        }
    }

    private static async Task EchoAsync(IPeerStream stream)
    {
        byte[] buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer) is > 0 and var count)
        {
            await stream.WriteAsync(buffer.AsMemory(0, count));
        }

        await stream.WriteAsync(default, isLast: true);
    }

    private static TransportOptions Transport() => new() { Clock = TimeProvider.System, Random = SystemRandom.Instance };

    // The console's own asynchronous reading blocks its caller.
    private static Task<string> EndOfInputAsync() => Task.Run(Console.In.ReadToEnd);

    private static void Say(string line)
    {
        Console.WriteLine(line);
        Console.Out.Flush();
    }
}
