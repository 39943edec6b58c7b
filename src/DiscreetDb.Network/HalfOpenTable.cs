using System.Net;
using System.Net.Sockets;

namespace DiscreetDb.Network;

/// <summary>
/// Counts the connections whose peer has not yet proved who it is, in all and per address, and refuses what goes beyond the
/// bounds. An IPv6 /64 is one address: whoever has one has them all.
/// </summary>
internal sealed class HalfOpenTable(int maxCount, int maxPerAddressCount)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, int> _counts = [];
    private int _count;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    public bool TryEnter(IPAddress address)
    {
        UInt128 key = KeyOf(address);
        lock (_gate)
        {
            int own = _counts.GetValueOrDefault(key);
            if (_count >= maxCount || own >= maxPerAddressCount)
            {
                return false;
            }

            _count++;
            _counts[key] = own + 1;
            return true;
        }
    }

    /// <summary>Once for each <see cref="TryEnter" /> that was answered true.</summary>
    public void Leave(IPAddress address)
    {
        UInt128 key = KeyOf(address);
        lock (_gate)
        {
            _count--;
            if (--_counts[key] == 0)
            {
                _counts.Remove(key);
            }
        }
    }

    private static UInt128 KeyOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bool isV4 = address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6;
        (isV4 ? address.MapToIPv6() : address).TryWriteBytes(bytes, out _);
        if (!isV4)
        {
            bytes[8..].Clear();
        }

        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
