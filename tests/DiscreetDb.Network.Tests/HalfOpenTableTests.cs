using System.Net;

namespace DiscreetDb.Network.Tests;

public sealed class HalfOpenTableTests
{
    [Fact]
    public void Each_address_has_so_many_places_and_all_together_too()
    {
        var table = new HalfOpenTable(maxCount: 3, maxPerAddressCount: 2);

        Assert.True(table.TryEnter(At(1)));
        Assert.True(table.TryEnter(At(1)));
        Assert.False(table.TryEnter(At(1)));
        Assert.True(table.TryEnter(At(2)));
        Assert.False(table.TryEnter(At(3)));

        table.Leave(At(1));
        Assert.True(table.TryEnter(At(3)));
        Assert.Equal(3, table.Count);
    }

    [Fact]
    public void An_IPv6_network_is_one_address_and_IPv4_within_IPv6_is_IPv4()
    {
        var table = new HalfOpenTable(maxCount: 10, maxPerAddressCount: 1);

        Assert.True(table.TryEnter(IPAddress.Parse("2001:db8:1:2::1")));
        Assert.False(table.TryEnter(IPAddress.Parse("2001:db8:1:2:ffff::9")));
        Assert.True(table.TryEnter(IPAddress.Parse("2001:db8:1:3::1")));
        Assert.True(table.TryEnter(At(1)));
        Assert.False(table.TryEnter(At(1).MapToIPv6()));
        Assert.True(table.TryEnter(At(2).MapToIPv6()));
    }

    private static IPAddress At(byte host) => new([10, 0, 0, host]);
}
