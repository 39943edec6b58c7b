using System.Net;
using DiscreetDb.Core;
using DiscreetDb.Network.Tests.Handshakes;

namespace DiscreetDb.Network.Tests.Discovery;

public sealed class LanPacketTests
{
    private static readonly byte[] Nonce = [.. Enumerable.Range(0, LanPacket.NonceSizeBytes).Select(i => (byte)i)];
    private static readonly IPAddress Source = new([192, 168, 1, 7]);
    private readonly PeerSecret _secret = new TestDevice(0, 0).SecretWith(new TestDevice(1, 0));

    [Fact]
    public void A_packet_is_laid_out_as_the_wire_page_says()
    {
        LanPacket packet = CreatePacket();
        packet = packet with { Tags = [packet.TagOf(_secret, Source)] };

        string hex = Convert.ToHexStringLower(packet.Encode());

        Assert.Equal("0101" + "000102030405060708090a0b0c0d0e0f" + "c06dc101" + "6712" + "01" + "708d96d37d357df5", hex);
        Assert.True(LanPacket.TryDecode(Convert.FromHexString(hex), out LanPacket? decoded));
        Assert.Equal(packet.Encode(), decoded.Encode());
    }

    [Fact]
    public void A_tag_is_for_one_kind_nonce_minute_port_and_address()
    {
        LanPacket packet = CreatePacket();
        ulong tag = packet.TagOf(_secret, Source);

        Assert.NotEqual(tag, (packet with { Kind = LanPacketKind.Answer }).TagOf(_secret, Source));
        Assert.NotEqual(tag, (packet with { Nonce = new byte[LanPacket.NonceSizeBytes] }).TagOf(_secret, Source));
        Assert.NotEqual(tag, (packet with { Minute = packet.Minute + 1 }).TagOf(_secret, Source));
        Assert.NotEqual(tag, (packet with { Port = 4_712 }).TagOf(_secret, Source));
        Assert.NotEqual(tag, packet.TagOf(_secret, new IPAddress([192, 168, 1, 8])));
        Assert.NotEqual(tag, packet.TagOf(new TestDevice(0, 0).SecretWith(new TestDevice(2, 0)), Source));
        Assert.Equal(tag, packet.TagOf(_secret, Source.MapToIPv6()));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 4)]
    [InlineData(100, 128)]
    public void Tags_are_filled_up_and_sorted(int secretCount, int tagCount)
    {
        PeerSecret[] secrets = [.. Enumerable.Range(0, secretCount).Select(i => PeerSecret.OfInvitation(BitConverter.GetBytes((long)i), null))];

        LanPacket packet = CreatePacket().WithTagsFor(secrets, Source, new SeededRandomSource(1));

        Assert.Equal(tagCount, packet.Tags.Count);
        Assert.Equal(packet.Tags.Order(), packet.Tags);
        Assert.All(secrets, s => Assert.Contains(packet.TagOf(s, Source), packet.Tags));
        Assert.InRange(packet.Encode().Length, 1, LanPacket.MaxSizeBytes);
    }

    [Theory]
    [InlineData("02" + "01" + "c06dc101" + "6712" + "01" + "0000000000000001")]
    [InlineData("01" + "03" + "c06dc101" + "6712" + "01" + "0000000000000001")]
    [InlineData("01" + "01" + "c06dc101" + "0000" + "01" + "0000000000000001")]
    [InlineData("01" + "01" + "c06dc101" + "6712" + "00")]
    [InlineData("01" + "01" + "c06dc101" + "6712" + "03" + "000000000000000100000000000000020000000000000003")]
    [InlineData("01" + "01" + "c06dc101" + "6712" + "02" + "00000000000000020000000000000001")]
    [InlineData("01" + "01" + "c06dc101" + "6712" + "01" + "0000000000000001" + "00")]
    [InlineData("01" + "01" + "c06dc101" + "6712" + "01" + "00000000000000")]
    public void A_packet_in_another_form_is_refused(string hexWithoutNonce)
    {
        byte[] bytes = Convert.FromHexString(hexWithoutNonce);

        Assert.False(LanPacket.TryDecode([.. bytes[..2], .. Nonce, .. bytes[2..]], out _));
    }

    private static LanPacket CreatePacket() => new(LanPacketKind.Announcement, Nonce, 29_453_760, 4_711, []);
}
