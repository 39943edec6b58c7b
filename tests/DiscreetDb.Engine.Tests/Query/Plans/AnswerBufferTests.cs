using System.Text;
using DiscreetDb.Query.Plans;

namespace DiscreetDb.EngineTests.Query.Plans;

public class AnswerBufferTests
{
    [Fact]
    public void What_stands_behind_a_mark_is_taken_back()
    {
        using AnswerBuffer buffer = new();
        buffer.Write("kept"u8);
        int mark = buffer.Size;
        buffer.Write(new byte[10_000]);

        buffer.Truncate(mark);
        buffer.Write((byte)'!');

        Assert.Equal("kept!", Encoding.UTF8.GetString(buffer.Written.Span));
    }

    [Fact]
    public void Growing_keeps_what_was_written()
    {
        using AnswerBuffer buffer = new();
        byte[] expected = [.. Enumerable.Range(0, 50_000).Select(i => (byte)i)];

        for (int i = 0; i < expected.Length; i += 7)
        {
            ReadOnlySpan<byte> part = expected.AsSpan(i, Math.Min(7, expected.Length - i));
            part.CopyTo(buffer.GetSpan(part.Length));
            buffer.Advance(part.Length);
        }

        Assert.Equal(expected, buffer.Written.ToArray());
    }

    [Fact]
    public void An_answer_beyond_the_limit_is_refused()
    {
        using AnswerBuffer buffer = new(limit: 10_000);
        buffer.Write(new byte[9_999]);
        buffer.Write((byte)1);

        DiscreetException error = Assert.Throws<DiscreetException>(() => buffer.Write(new byte[20_000]));

        Assert.Equal(ErrorCode.AnswerTooLarge, error.Code);
    }
}
