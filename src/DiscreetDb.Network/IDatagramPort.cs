using System.Net;

namespace DiscreetDb.Network;

/// <summary>
/// Unreliable datagrams beside the connections of a transport, on the same socket and thus the same port: what a firewall
/// or address translator opened for one is open for the other. The first byte is below 0x40, which no packet of QUIC has.
/// </summary>
internal interface IDatagramPort
{
    /// <summary>Most bytes of a datagram: fits every path without fragments.</summary>
    const int MaxSizeBytes = 1_200;

    /// <summary>First bytes from here on belong to QUIC.</summary>
    const byte FirstByteEnd = 0x40;

    /// <summary>Sends, or loses it without a word.</summary>
    /// <exception cref="ArgumentException">Empty, larger than <see cref="MaxSizeBytes" />, or first byte from 0x40.</exception>
    void Send(IPEndPoint remote, ReadOnlySpan<byte> datagram);

    /// <summary>Next datagram that came; null once the transport is closed. Beyond a bound the oldest unread are lost.</summary>
    ValueTask<Datagram?> ReceiveAsync(CancellationToken cancellationToken = default);

    static void Check(ReadOnlySpan<byte> datagram)
    {
        if (datagram.IsEmpty || datagram.Length > MaxSizeBytes || datagram[0] >= FirstByteEnd)
        {
            throw new ArgumentException(
                $"A datagram has 1 to {MaxSizeBytes} bytes and begins below 0x{FirstByteEnd:x2}; this one has {datagram.Length}.", nameof(datagram));
        }
    }
}
