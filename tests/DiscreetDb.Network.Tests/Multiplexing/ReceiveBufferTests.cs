using DiscreetDb.TestKit;

namespace DiscreetDb.Network.Tests.Multiplexing;

public sealed class ReceiveBufferTests
{
    [Fact]
    public void Bytes_come_out_as_they_went_in_whatever_the_pieces()
    {
        var random = new SeededRandom();
        var buffer = new ReceiveBuffer();
        byte[] content = random.Bytes(500_000);
        List<byte> read = [];
        for (int written = 0; read.Count < content.Length;)
        {
            int size = Math.Min(random.Between(0, random.Chance(50) ? 20 : 40_000), content.Length - written);
            buffer.Append(content.AsSpan(written, size));
            written += size;
            byte[] piece = new byte[random.Between(1, 30_000)];
            int count = buffer.Read(piece);
            read.AddRange(piece[..count]);

            Assert.True(written - read.Count == buffer.Count, random.ToString());
        }

        Assert.True(content.AsSpan().SequenceEqual(read.ToArray()), random.ToString());
    }

    [Fact]
    public void Dropping_everything_says_how_much_it_was()
    {
        var buffer = new ReceiveBuffer();
        buffer.Append(new byte[70_000]);
        buffer.Read(new byte[10]);

        Assert.Equal(69_990, buffer.Clear());
        Assert.Equal(0, buffer.Count);
        buffer.Append("again"u8);
        byte[] rest = new byte[10];
        Assert.Equal(5, buffer.Read(rest));
        Assert.Equal("again"u8.ToArray(), rest[..5]);
    }
}
