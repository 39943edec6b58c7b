using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace DiscreetDb.Core.Tests;

public sealed class WireTests
{
    private static readonly Config Quick = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Theory]
    [InlineData(0UL, "00")]
    [InlineData(1UL, "01")]
    [InlineData(127UL, "7f")]
    [InlineData(128UL, "8001")]
    [InlineData(300UL, "ac02")]
    [InlineData(ulong.MaxValue, "ffffffffffffffffff01")]
    public void Variable_integers_are_LEB128(ulong value, string expected)
    {
        using var writer = new WireWriter();
        writer.WriteVarUInt(value);

        Assert.Equal(expected, Convert.ToHexStringLower(writer.Written));
        var reader = new WireReader(writer.Written);
        Assert.True(reader.TryReadVarUInt(out ulong read));
        Assert.Equal(value, read);
        Assert.True(reader.IsComplete);
    }

    [Theory]
    [InlineData("8000")]
    [InlineData("ff00")]
    [InlineData("80808000")]
    [InlineData("ffffffffffffffffff02")]
    [InlineData("ffffffffffffffffff7f")]
    [InlineData("80808080808080808000")]
    [InlineData("8080808080808080808001")]
    [InlineData("ffffffffffffffffffff01")]
    [InlineData("80")]
    [InlineData("")]
    public void Over_long_too_large_and_unfinished_variable_integers_are_refused(string hex)
    {
        var reader = new WireReader(Convert.FromHexString(hex).AsSpan());

        Assert.False(reader.TryReadVarUInt(out ulong value));
        Assert.Equal(0UL, value);
        Assert.True(reader.Failed);
    }

    [Theory]
    [InlineData(0L, "00")]
    [InlineData(-1L, "01")]
    [InlineData(1L, "02")]
    [InlineData(-64L, "7f")]
    [InlineData(long.MaxValue, "feffffffffffffffff01")]
    [InlineData(long.MinValue, "ffffffffffffffffff01")]
    public void Signed_variable_integers_are_zigzag(long value, string expected)
    {
        using var writer = new WireWriter();
        writer.WriteVarInt(value);

        Assert.Equal(expected, Convert.ToHexStringLower(writer.Written));
        var reader = new WireReader(writer.Written);
        Assert.True(reader.TryReadVarInt(out long read));
        Assert.Equal(value, read);
    }

    [Fact]
    public void Every_integer_survives_in_every_form()
    {
        Check.One(Quick, Prop.ForAll<long, ushort, uint>((signed, two, four) =>
        {
            ulong unsigned = (ulong)signed * 0x9E3779B97F4A7C15;
            using var writer = new WireWriter(1);
            writer.WriteVarUInt(unsigned);
            writer.WriteVarInt(signed);
            writer.WriteUInt16(two);
            writer.WriteUInt32(four);
            writer.WriteUInt64(unsigned);
            var reader = new WireReader(writer.Written);
            return reader.TryReadVarUInt(out ulong a) && a == unsigned
                && reader.TryReadVarInt(out long b) && b == signed
                && reader.TryReadUInt16(out ushort c) && c == two
                && reader.TryReadUInt32(out uint d) && d == four
                && reader.TryReadUInt64(out ulong e) && e == unsigned
                && reader.IsComplete;
        }));
    }

    [Fact]
    public void Whatever_decodes_encodes_to_the_same_bytes()
    {
        var random = new Random(11);
        int accepted = 0;
        for (int round = 0; round < 200_000; round++)
        {
            byte[] bytes = new byte[random.Next(24)];
            random.NextBytes(bytes);
            if (bytes.Length > 0 && round % 4 != 0)
            {
                bytes[0] = (byte)random.Next(9);
            }

            if (bytes.Length > 1 && round % 2 == 0)
            {
                bytes[1] = (byte)(bytes.Length - 2);
            }

            var reader = new WireReader(bytes.AsSpan());
            if (!reader.TryReadValue(out Value value))
            {
                Assert.True(reader.Failed);
                Assert.True(value.IsNull);
                continue;
            }

            accepted++;
            using var writer = new WireWriter();
            writer.WriteValue(value);
            Assert.Equal(Convert.ToHexString(reader.Consumed), Convert.ToHexString(writer.Written));
        }

        Assert.InRange(accepted, 10_000, 190_000);
    }

    [Fact]
    public void Every_value_survives()
    {
        Value[] values =
        [
            Value.Null,
            Value.Boolean(true),
            Value.Boolean(false),
            Value.Integer(0),
            Value.Integer(long.MinValue),
            Value.Integer(long.MaxValue),
            Value.Float(0.1),
            Value.Float(-0.0),
            Value.Float(double.MaxValue),
            Value.Float(double.Epsilon),
            Value.Text(""),
            Value.Text("zo\u00eb \ud83d\ude00"),
            Value.Bytes(new byte[] { 0, 1, 255 }),
            Value.Bytes(default),
            Value.Json("{\"a\":[1.50,null]}"u8.ToArray()),
            Value.Reference(new Uid([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])),
        ];
        using var writer = new WireWriter();
        foreach (Value value in values)
        {
            writer.WriteValue(value);
        }

        byte[] encoded = writer.ToArray();
        var bySpan = new WireReader(encoded.AsSpan());
        var byMemory = new WireReader((ReadOnlyMemory<byte>)encoded);
        foreach (Value value in values)
        {
            Assert.True(bySpan.TryReadValue(out Value read));
            AssertSame(value, read);
            Assert.True(byMemory.TryReadValue(out read));
            AssertSame(value, read);
        }

        Assert.True(bySpan.IsComplete);
        Assert.True(byMemory.IsComplete);

        static void AssertSame(Value expected, Value actual)
        {
            Assert.Equal(expected.Kind, actual.Kind);
            Assert.Equal(expected.ToString(), actual.ToString());
        }
    }

    [Theory]
    [InlineData("08", "unknown kind")]
    [InlineData("0102", "boolean 2")]
    [InlineData("030000000000000080", "-0.0")]
    [InlineData("03000000000000f07f", "infinity")]
    [InlineData("03010000000000f07f", "NaN")]
    [InlineData("040180", "invalid UTF-8")]
    [InlineData("0403eda080", "a surrogate in UTF-8")]
    [InlineData("040100", "U+0000")]
    [InlineData("0402c080", "over-long U+0000")]
    [InlineData("04026f", "text shorter than its length")]
    [InlineData("05ffffffffffffffffff01", "a length beyond everything")]
    [InlineData("0602207b", "JSON with white space")]
    [InlineData("06017b", "unfinished JSON")]
    [InlineData("0600", "empty JSON")]
    [InlineData("07010203", "a short reference")]
    [InlineData("02ff00", "an over-long integer")]
    public void Values_that_nothing_canonical_encodes_are_refused(string hex, string reason)
    {
        var reader = new WireReader(Convert.FromHexString(hex).AsSpan());

        Assert.False(reader.TryReadValue(out _), reason);
        Assert.True(reader.Failed);
        Assert.False(reader.IsComplete);
    }

    [Fact]
    public void After_one_failure_every_read_fails()
    {
        var reader = new WireReader([2, 1, 1, 1]);

        Assert.False(reader.TryReadBoolean(out _));
        int position = reader.Position;
        Assert.False(reader.TryReadByte(out _));
        Assert.False(reader.TryReadVarUInt(out _));
        Assert.False(reader.TryReadRaw(0, out _));
        Assert.False(reader.TryReadText(10, out _));
        Assert.Equal(position, reader.Position);
        Assert.False(reader.IsComplete);
    }

    [Fact]
    public void A_count_is_refused_when_the_rest_cannot_hold_so_many()
    {
        byte[] bytes = [3, 0, 0, 0, 0, 0, 0];
        var fits = new WireReader(bytes.AsSpan());
        var tooManyBytes = new WireReader(bytes.AsSpan());
        var tooMany = new WireReader(bytes.AsSpan());

        Assert.True(fits.TryReadCount(3, 2, out int count));
        Assert.Equal(3, count);
        Assert.False(tooManyBytes.TryReadCount(3, 3, out _));
        Assert.False(tooMany.TryReadCount(2, 1, out _));
        var huge = new WireReader(Convert.FromHexString("ffffffffffffffffff01").AsSpan());
        Assert.False(huge.TryReadCount(int.MaxValue, int.MaxValue, out count));
        Assert.Equal(0, count);
    }

    [Fact]
    public void Blocks_and_texts_beyond_their_bound_are_refused()
    {
        using var writer = new WireWriter();
        writer.WriteText("hello");

        var within = new WireReader(writer.Written);
        var beyond = new WireReader(writer.Written);
        Assert.True(within.TryReadText(5, out ReadOnlySpan<byte> text));
        Assert.Equal("hello", Encoding.UTF8.GetString(text));
        Assert.False(beyond.TryReadText(4, out _));
    }

    [Fact]
    public void Negative_sizes_are_refused()
    {
        var reader = new WireReader([1, 2]);

        Assert.False(reader.TryReadRaw(-1, out _));
    }

    [Fact]
    public void A_writer_grows_truncates_and_starts_again()
    {
        using var writer = new WireWriter(1);
        byte[] large = new byte[100_000];
        large[^1] = 7;
        writer.WriteByte(1);
        writer.WriteRaw(large);
        writer.WriteHash(new Hash256(new byte[32]));
        writer.WriteHlc(new Hlc(9));
        writer.WriteUid(Uid.Zero);

        Assert.Equal(1 + 100_000 + 32 + 8 + 16, writer.Size);
        Assert.Equal(7, writer.Written[100_000]);
        writer.Truncate(1);
        Assert.Equal([1], writer.ToArray());
        writer.Clear();
        Assert.Equal(0, writer.Size);
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Truncate(1));
    }

    [Fact]
    public void Random_bytes_never_make_a_reader_throw()
    {
        var random = new Random(12);
        byte[] bytes = new byte[64];
        for (int round = 0; round < 50_000; round++)
        {
            random.NextBytes(bytes);
            var reader = new WireReader(bytes.AsSpan(0, random.Next(bytes.Length)));
            for (int step = 0; step < 20 && !reader.Failed; step++)
            {
                ReadSomething(ref reader, random.Next(12));
            }

            Assert.InRange(reader.Position, 0, bytes.Length);
        }
    }

    private static void ReadSomething(ref WireReader reader, int what)
    {
        _ = what switch
        {
            0 => reader.TryReadByte(out _),
            1 => reader.TryReadBoolean(out _),
            2 => reader.TryReadUInt16(out _),
            3 => reader.TryReadUInt32(out _),
            4 => reader.TryReadUInt64(out _),
            5 => reader.TryReadVarUInt(out _),
            6 => reader.TryReadVarInt(out _),
            7 => reader.TryReadBlock(100, out _),
            8 => reader.TryReadText(100, out _),
            9 => reader.TryReadUid(out _),
            10 => reader.TryReadCount(10, 1, out _),
            _ => reader.TryReadValue(out _),
        };
    }
}
