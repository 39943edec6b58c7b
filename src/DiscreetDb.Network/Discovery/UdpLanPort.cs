#pragma warning disable CA2025 // Disposing the sockets is what ends the loops; DisposeAsync waits for them.
using System.Net;
using System.Net.Sockets;

namespace DiscreetDb.Network;

/// <summary>
/// For each family a socket that hears the group on all interfaces, and for each own address one that sends from it and hears the
/// answers. An interface that cannot be used is left out.
/// </summary>
internal sealed class UdpLanPort : ILanPort
{
    private const int MaxUnreadCount = 256;

    private readonly WaitQueue<LanArrival> _unread;
    private readonly Dictionary<IPAddress, (Socket Socket, LanInterface Interface)> _senders = [];
    private readonly List<Socket> _listeners = [];
    private readonly List<Task> _receiving = [];

    public UdpLanPort(IReadOnlyList<LanInterface> interfaces, IWakes wakes)
    {
        _unread = new WaitQueue<LanArrival>(wakes);
        foreach (IGrouping<AddressFamily, LanInterface> family in interfaces.GroupBy(i => i.Address.AddressFamily))
        {
            Open(family.Key, [.. family]);
        }

        Addresses = [.. _senders.Keys];
    }

    public IReadOnlyList<IPAddress> Addresses { get; }

    public void Multicast(IPAddress from, ReadOnlySpan<byte> packet)
    {
        if (_senders.TryGetValue(from, out (Socket Socket, LanInterface Interface) sender))
        {
            TrySend(sender.Socket, new IPEndPoint(GroupOf(from.AddressFamily, sender.Interface.Index), UdpLan.Port), packet);
        }
    }

    public void Send(IPAddress from, IPEndPoint to, ReadOnlySpan<byte> packet)
    {
        if (_senders.TryGetValue(from, out (Socket Socket, LanInterface Interface) sender))
        {
            TrySend(sender.Socket, to, packet);
        }
    }

    public ValueTask<LanArrival?> ReceiveAsync(CancellationToken cancellationToken = default) => _unread.DequeueAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (Socket socket in _listeners.Concat(_senders.Values.Select(s => s.Socket)))
        {
            socket.Dispose();
        }

        await Task.WhenAll(_receiving).ConfigureAwait(false);
        _unread.Complete(keepsItems: false);
    }

    private static IPAddress GroupOf(AddressFamily family, int interfaceIndex) =>
        family == AddressFamily.InterNetwork ? UdpLan.GroupV4 : new IPAddress(UdpLan.GroupV6.GetAddressBytes(), interfaceIndex);

    private void Open(AddressFamily family, IReadOnlyList<LanInterface> interfaces)
    {
        var listener = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            // Several programs of one machine listen on the port, and each gets every packet to the group.
            listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            listener.Bind(new IPEndPoint(family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, UdpLan.Port));
        }
        catch (SocketException)
        {
            listener.Dispose();
            return;
        }

        _listeners.Add(listener);
        foreach (LanInterface lan in interfaces)
        {
            if (TryJoin(listener, lan) && TryOpenSender(lan) is { } sender)
            {
                _senders.Add(lan.Address, (sender, lan));
            }
        }

        _receiving.Add(ReceiveLoopAsync(listener, packet => FindLocal(family, packet)));
        foreach ((Socket socket, LanInterface lan) in _senders.Values.Where(s => s.Interface.Address.AddressFamily == family).ToArray())
        {
            _receiving.Add(ReceiveLoopAsync(socket, _ => lan.Address));
        }
    }

    private static bool TryJoin(Socket listener, LanInterface lan)
    {
        try
        {
            if (listener.AddressFamily == AddressFamily.InterNetwork)
            {
                listener.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(UdpLan.GroupV4, lan.Index));
                listener.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.PacketInformation, true);
                return true;
            }

            listener.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership, new IPv6MulticastOption(UdpLan.GroupV6, lan.Index));
            listener.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.PacketInformation, true);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static Socket? TryOpenSender(LanInterface lan)
    {
        var socket = new Socket(lan.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            // Link-local means one hop; the tag is bound to the address that is bound here.
            bool isV4 = lan.Address.AddressFamily == AddressFamily.InterNetwork;
            SocketOptionLevel level = isV4 ? SocketOptionLevel.IP : SocketOptionLevel.IPv6;
            socket.Bind(new IPEndPoint(lan.Address, 0));
            socket.SetSocketOption(level, SocketOptionName.MulticastInterface, isV4 ? IPAddress.HostToNetworkOrder(lan.Index) : lan.Index);
            socket.SetSocketOption(level, SocketOptionName.MulticastTimeToLive, 1);
            socket.SetSocketOption(level, SocketOptionName.PacketInformation, true);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    private static void TrySend(Socket socket, IPEndPoint to, ReadOnlySpan<byte> packet)
    {
        try
        {
            socket.SendTo(packet, SocketFlags.None, to);
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // A packet that cannot be sent is a packet that was lost.
        }
    }

    private IPAddress? FindLocal(AddressFamily family, IPPacketInformation packet) => _senders.Values
        .FirstOrDefault(s => s.Interface.Address.AddressFamily == family && s.Interface.Index == packet.Interface).Interface?.Address;

    private async Task ReceiveLoopAsync(Socket socket, Func<IPPacketInformation, IPAddress?> findLocal)
    {
        byte[] buffer = new byte[LanPacket.MaxSizeBytes + 1];
        var any = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (true)
        {
            try
            {
                SocketReceiveMessageFromResult result = await socket.ReceiveMessageFromAsync(buffer.AsMemory(), SocketFlags.None, any).ConfigureAwait(false);
                if (result.ReceivedBytes <= LanPacket.MaxSizeBytes && findLocal(result.PacketInformation) is { } local)
                {
                    Take(new LanArrival((IPEndPoint)result.RemoteEndPoint, local, buffer.AsMemory(0, result.ReceivedBytes).ToArray()));
                }
            }
            catch (Exception failure) when (failure is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted or SocketError.Interrupted })
            {
                return;
            }
            catch (SocketException failure) when (failure.SocketErrorCode is SocketError.ConnectionReset or SocketError.MessageSize or SocketError.HostUnreachable or SocketError.NetworkUnreachable)
            {
                // Of a packet that was sent before, or of one that is too large to be one.
            }
            catch (SocketException)
            {
                // The interface is gone; the change of addresses opens the others anew.
                return;
            }
        }
    }

    private void Take(LanArrival arrival)
    {
        if (_unread.Count >= MaxUnreadCount)
        {
            _unread.TryDequeue(out _);
        }

        _unread.TryEnqueue(arrival);
    }
}
