using System.Net;

namespace DiscreetDb.Network;

/// <summary>How many packets are looked at in a second, in all and from one address. For one caller at a time.</summary>
internal sealed class RateWindow(TimeProvider clock, int maxCount, int maxPerAddressCount)
{
    private readonly Dictionary<IPAddress, int> _counts = [];
    private long _second = long.MinValue;
    private int _count;

    /// <summary>False when it is one too many. At most so many addresses are remembered as packets are let through.</summary>
    public bool TryPass(IPAddress address)
    {
        long second = clock.GetTimestamp() / clock.TimestampFrequency;
        if (second != _second)
        {
            _second = second;
            _count = 0;
            _counts.Clear();
        }

        int own = _counts.GetValueOrDefault(address);
        if (_count == maxCount || own == maxPerAddressCount)
        {
            return false;
        }

        _count++;
        _counts[address] = own + 1;
        return true;
    }
}
