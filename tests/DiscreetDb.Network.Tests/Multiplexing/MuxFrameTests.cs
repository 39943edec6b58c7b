using System.Buffers;

namespace DiscreetDb.Network.Tests.Multiplexing;

public sealed class MuxFrameTests
{
    [Fact]
    public void Frames_are_laid_out_as_the_wire_page_says()
    {
        Assert.Equal("0001", Encode(MuxFrameType.Preface, MuxFrame.Version));
        Assert.Equal("0200" + "03", Encode(MuxFrameType.LastData, 0, 3));
        Assert.Equal("06808040" + "80808002" + "8002", Encode(MuxFrameType.Limits, 1_048_576, 4_194_304, 256));
        Assert.Equal("0903", Encode(MuxFrameType.Close, (long)CloseCode.Duplicate));
        Assert.Equal("03" + "ffffffffffffffff3f" + "00", Encode(MuxFrameType.Reset, MuxFrame.MaxNumber, 0));
    }

    [Fact]
    public void Every_beginning_of_a_frame_asks_for_more()
    {
        byte[] frame = [(byte)MuxFrameType.Data, 0x80, 0x02, 3, 97, 98, 99];

        for (int size = 0; size < frame.Length; size++)
        {
            Assert.Equal(OperationStatus.NeedMoreData, MuxFrame.Decode(frame.AsSpan(0, size), out _, out _));
        }

        Assert.Equal(OperationStatus.Done, MuxFrame.Decode([.. frame, 1], out MuxFrame decoded, out int taken));
        Assert.Equal((frame.Length, 256L, "abc"u8.ToArray()), (taken, decoded.First, decoded.Data.ToArray()), new FrameComparer());
    }

    [Theory]
    [InlineData("0a")]
    [InlineData("ff")]
    [InlineData("010000")]
    [InlineData("0100818001")]
    [InlineData("058000" + "01")]
    [InlineData("05" + "ffffffffffffffff40" + "01")]
    [InlineData("05" + "80808080808080808001" + "01")]
    public void What_no_peer_writes_is_refused(string hex) =>
        Assert.Equal(OperationStatus.InvalidData, MuxFrame.Decode(Convert.FromHexString(hex), out _, out _));

    private static string Encode(MuxFrameType type, long first = 0, long second = 0, long third = 0)
    {
        Span<byte> bytes = stackalloc byte[MuxFrame.MaxControlSizeBytes];
        return Convert.ToHexStringLower(bytes[..MuxFrame.Encode(bytes, type, first, second, third)]);
    }

    private sealed class FrameComparer : IEqualityComparer<(int Size, long First, byte[] Data)>
    {
        public bool Equals((int Size, long First, byte[] Data) x, (int Size, long First, byte[] Data) y) =>
            x.Size == y.Size && x.First == y.First && x.Data.AsSpan().SequenceEqual(y.Data);

        public int GetHashCode((int Size, long First, byte[] Data) frame) => frame.Size;
    }
}
