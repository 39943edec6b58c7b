using System.Buffers;

namespace DiscreetDb.Network.Tests.Frames;

public sealed class FrameCodecTests
{
    [Theory]
    [InlineData(0, "0163")]
    [InlineData(1, "0263" + "00")]
    [InlineData(126, "7f63")]
    [InlineData(127, "800163")]
    public void A_frame_is_size_type_and_body(int bodySize, string begin) =>
        Assert.StartsWith(begin, Convert.ToHexStringLower(FrameCodec.Encode((FrameType)0x63, new byte[bodySize])), StringComparison.Ordinal);

    [Fact]
    public void The_largest_frame_is_taken_and_a_larger_one_never_written()
    {
        byte[] frame = FrameCodec.Encode(FrameType.Auth, new byte[Limits.FrameSizeBytes - 1]);

        Assert.Equal(OperationStatus.Done, FrameCodec.DecodeHeader(frame, Limits.FrameSizeBytes, out byte type, out int headerSize, out int bodySize));
        Assert.Equal(((byte)FrameType.Auth, 4, Limits.FrameSizeBytes - 1), (type, headerSize, bodySize));
        Assert.Equal(OperationStatus.InvalidData, FrameCodec.DecodeHeader(frame, Limits.FrameSizeBytes - 1, out _, out _, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameCodec.Encode(FrameType.Auth, new byte[Limits.FrameSizeBytes]));
    }

    [Theory]
    [InlineData("00" + "01")]
    [InlineData("8000" + "01")]
    [InlineData("818000" + "01")]
    [InlineData("ffffff7f" + "01")]
    [InlineData("8080808001" + "01")]
    public void What_no_peer_writes_is_refused(string hex) =>
        Assert.Equal(OperationStatus.InvalidData, FrameCodec.DecodeHeader(Convert.FromHexString(hex), Limits.FrameSizeBytes, out _, out _, out _));

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("8080")]
    [InlineData("05")]
    public void A_beginning_asks_for_more(string hex) =>
        Assert.Equal(OperationStatus.NeedMoreData, FrameCodec.DecodeHeader(Convert.FromHexString(hex), Limits.FrameSizeBytes, out _, out _, out _));
}
