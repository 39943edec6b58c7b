using System.Globalization;
using System.Text;

namespace DiscreetDb.Core.Tests.Json;

public sealed class FloatTextTests
{
    [Theory]
    [InlineData(11.0, "11.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(7.5, "7.5")]
    [InlineData(0.0, "0.0")]
    [InlineData(-3.0, "-3.0")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(1e300, "1.0e+300")]
    [InlineData(2.5e-300, "2.5e-300")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    [InlineData(double.Epsilon, "5.0e-324")]
    [InlineData(123456789012345.0, "123456789012345.0")]
    [InlineData(999999999999999.0, "999999999999999.0")]
    [InlineData(1e15, "1.0e+15")]
    [InlineData(-1234567890123456789.0, "-1.2345678901234568e+18")]
    [InlineData(99e20, "9.9e+21")]
    [InlineData(-2.5e-7, "-2.5e-07")]
    [InlineData(1e16, "1.0e+16")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1.0e-05")]
    public void Floats_are_written_shortest_with_point_or_exponent(double value, string expected)
    {
        Assert.Equal(expected, Write(value));
    }

    [Fact]
    public void Any_finite_float_reads_back_the_same()
    {
        var random = new Random(41);
        for (int round = 0; round < 50_000; round++)
        {
            double value = round % 2 == 0 ? BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)) : random.Next() / 1000.0;
            if (!double.IsFinite(value))
            {
                continue;
            }

            string text = Write(value);
            Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
            Assert.Contains('.', text);
            Assert.True(JsonText.IsMinified(Encoding.ASCII.GetBytes(text)), text);
        }
    }

    [Fact]
    public void What_is_not_finite_has_no_text()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Write(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Write(double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => FloatText.Write(1, new byte[31]));
    }

    private static string Write(double value)
    {
        byte[] utf8 = new byte[FloatText.MaxSizeBytes];
        return Encoding.ASCII.GetString(utf8, 0, FloatText.Write(value, utf8));
    }
}
