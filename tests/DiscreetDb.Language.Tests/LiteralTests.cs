using DiscreetDb.Language.Dialect;

namespace DiscreetDb.Language.Tests;

/// <summary>Dialect §2: integers, floats, strings, booleans, null, variables.</summary>
public sealed class LiteralTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("007", 7)]
    [InlineData("-0", 0)]
    [InlineData("-12", -12)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("00000000000000000000000000000000000001", 1)]
    public void Digits_are_an_integer(string literal, long expected)
    {
        Assert.Equal(expected, Assert.IsType<SyntaxValue.Integer>(Texts.Value(literal)).Value);
    }

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("99999999999999999999999999999999999999999")]
    public void An_integer_beyond_64_bits_is_out_of_range(string literal)
    {
        Texts.Fails(ErrorCode.IntegerOutOfRange, () => Texts.Value(literal));
    }

    [Theory]
    [InlineData("12.", 12)]
    [InlineData("12.0", 12)]
    [InlineData("0.5", 0.5)]
    [InlineData("-0.5", -0.5)]
    [InlineData("1.5e3", 1500)]
    [InlineData("1.5E+3", 1500)]
    [InlineData("1.e2", 100)]
    [InlineData("1.25e-2", 0.0125)]
    [InlineData("0.1", 0.1)]
    [InlineData("5.0e-324", double.Epsilon)]
    [InlineData("1.7976931348623157e308", double.MaxValue)]
    [InlineData("1.0e-400", 0)]
    public void A_number_with_a_point_is_a_float(string literal, double expected)
    {
        Assert.Equal(expected, Assert.IsType<SyntaxValue.Float>(Texts.Value(literal)).Value);
    }

    [Theory]
    [InlineData("1.0e400")]
    [InlineData("-1.0e400")]
    [InlineData("1.7976931348623159e308")]
    public void A_float_that_rounds_to_infinity_is_invalid(string literal)
    {
        Texts.Fails(ErrorCode.InvalidFloat, () => Texts.Value(literal));
    }

    [Theory]
    [InlineData(".5")]
    [InlineData("1e3")]
    [InlineData("00.5")]
    [InlineData("-00.5")]
    [InlineData("+5")]
    [InlineData("1.5e")]
    [InlineData("1.5e+")]
    [InlineData("1.5x")]
    [InlineData("12abc")]
    [InlineData("1_000")]
    [InlineData("0x10")]
    [InlineData("1.2.3")]
    [InlineData("٣")]
    [InlineData("- 1")]
    [InlineData("--1")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    public void Anything_else_is_no_number(string literal)
    {
        Texts.Fails(() => Texts.Value(literal));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("tRuE", true)]
    [InlineData("false", false)]
    [InlineData("False", false)]
    public void Booleans_are_read_in_any_case(string literal, bool expected)
    {
        Assert.Equal(expected, Assert.IsType<SyntaxValue.Boolean>(Texts.Value(literal)).Value);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("NULL")]
    [InlineData("Null")]
    public void Null_is_read_in_any_case(string literal)
    {
        Assert.IsType<SyntaxValue.Null>(Texts.Value(literal));
    }

    [Theory]
    [InlineData("$a", "a")]
    [InlineData("$1st", "1st")]
    [InlineData("$身長", "身長")]
    public void A_variable_is_an_identifier_directly_after_the_dollar(string literal, string name)
    {
        Assert.Equal(name, Assert.IsType<SyntaxValue.Variable>(Texts.Value(literal)).Name);
    }

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"north wind\"", "north wind")]
    [InlineData("\"$x\"", "$x")]
    [InlineData("\"// no comment\"", "// no comment")]
    [InlineData("\"a\r\nb\tc\"", "a\r\nb\tc")]
    [InlineData("\"\u0001\"", "\u0001")]
    [InlineData("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t")]
    [InlineData("\"\\u00e9\\u00C9\"", "éÉ")]
    [InlineData("\"x\\ud83d\\uDE00y\"", "x😀y")]
    [InlineData("\"😀\"", "😀")]
    public void A_string_means_what_it_means_in_json(string literal, string expected)
    {
        Assert.Equal(expected, Assert.IsType<SyntaxValue.Text>(Texts.Value(literal)).Value);
    }

    [Theory]
    [InlineData("\"a\\qb\"", 17)]
    [InlineData("\"a\\u0000b\"", 17)]
    [InlineData("\"a\0b\"", 17)]
    [InlineData("\"\\ud83d\"", 16)]
    [InlineData("\"\\ude00\"", 16)]
    [InlineData("\"\\ud83dx\"", 16)]
    [InlineData("\"\\ud83d\\ud83d\"", 16)]
    [InlineData("\"\\ud83d\\n\"", 16)]
    [InlineData("\"\\u12\"", 16)]
    [InlineData("\"\\u12g4\"", 16)]
    [InlineData("\"\\u+123\"", 16)]
    [InlineData("\"\\u 123\"", 16)]
    [InlineData("\"\\U0041\"", 16)]
    public void What_no_string_can_hold_is_found_where_it_stands(string literal, int column)
    {
        DiscreetException error = Texts.Fails(ErrorCode.InvalidString, () => Texts.Value(literal));

        Assert.Equal(column, error.Location?.Column);
    }

    [Theory]
    [InlineData("'x'")]
    [InlineData("\"x")]
    [InlineData("\"x\\")]
    public void A_string_has_two_double_quotes(string literal)
    {
        Texts.Fails(() => Texts.Value(literal));
    }
}
