using System.Text;

namespace DiscreetDb.Tests;

public sealed class ParametersTests
{
    [Fact]
    public void A_value_is_set_once_by_Add()
    {
        Parameters parameters = new Parameters().Add("n", 1);

        DiscreetException failure = Failing.With(ErrorCode.DuplicateParameter, () => parameters.Add("n", 2));

        Assert.Contains("$n", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, parameters.Count);
    }

    [Fact]
    public void The_indexer_replaces()
    {
        Parameters parameters = new() { ["n"] = 1 };

        parameters["n"] = "two";

        Assert.Equal(1, parameters.Count);
    }

    [Fact]
    public void Every_type_a_variable_can_have_is_taken()
    {
        Parameters parameters = new()
        {
            ["bool"] = true,
            ["int"] = 1,
            ["long"] = 1L,
            ["short"] = (short)1,
            ["byte"] = (byte)1,
            ["ulong"] = 1UL,
            ["double"] = 1.5,
            ["float"] = 1.5f,
            ["string"] = "text",
            ["null"] = null,
            ["uid"] = Uid.Zero,
            ["key"] = default(VerifyingKey),
            ["bytes"] = new byte[] { 1 },
            ["memory"] = new ReadOnlyMemory<byte>([1]),
        };

        Assert.Equal(14, parameters.Count);
    }

    [Fact]
    public void A_type_no_variable_can_have_is_the_callers_mistake()
    {
        ArgumentException failure = Assert.Throws<ArgumentException>(() => new Parameters().Add("when", DateTimeOffset.UnixEpoch));

        Assert.Contains("$when is a System.DateTimeOffset", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("$room")]
    public void A_name_is_written_without_dollar_and_not_empty(string name) =>
        Assert.Throws<ArgumentException>(() => new Parameters().Add(name, 1));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_float_is_finite(double value) =>
        Failing.With(ErrorCode.InvalidFloat, () => new Parameters().Add("f", value));

    [Fact]
    public void A_string_is_text()
    {
        // Not inline data: an attribute cannot carry an unpaired surrogate.
        string[] noTexts = ["a\0b", "a\uD800", "\uDC00b"];

        Assert.All(noTexts, noText => Failing.With(ErrorCode.InvalidString, () => new Parameters().Add("s", noText)));
    }

    [Fact]
    public void An_unsigned_integer_beyond_64_signed_bits_is_refused() =>
        Failing.With(ErrorCode.IntegerOutOfRange, () => new Parameters().Add("n", ulong.MaxValue));

    [Fact]
    public void Properties_of_an_object_are_parameters() => Assert.Equal(2, Parameters.From(new { room = "r", count = 3 }).Count);

    [Fact]
    public void Parameters_are_already_parameters()
    {
        Parameters parameters = new() { ["n"] = 1 };

        Assert.Same(parameters, Parameters.From(parameters));
    }

    [Fact]
    public void A_text_or_a_list_is_no_object_with_properties()
    {
        Assert.Throws<ArgumentException>(() => Parameters.From("""{ "n": 1 }"""));
        Assert.Throws<ArgumentException>(() => Parameters.From(new List<int> { 1 }));
    }

    [Fact]
    public void A_flat_json_object_is_read() =>
        Assert.Equal(6, Parameters.FromJson("""{ "a": null, "b": true, "c": 5, "d": 5.0, "e": 5e3, "f": "text" }""").Count);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{} x")]
    [InlineData("""{"a":[1]}""")]
    [InlineData("""{"a":{}}""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{a:1}""")]
    public void Any_other_json_is_refused(string json) => Failing.With(ErrorCode.InvalidParameterJson, () => Parameters.FromJson(json));

    [Theory]
    [InlineData("""{"a":9223372036854775808}""", ErrorCode.IntegerOutOfRange)]
    [InlineData("""{"a":-9223372036854775809}""", ErrorCode.IntegerOutOfRange)]
    [InlineData("""{"a":1e999}""", ErrorCode.InvalidFloat)]
    [InlineData("""{"a":"\ud800"}""", ErrorCode.InvalidString)]
    [InlineData("""{"a":"\u0000"}""", ErrorCode.InvalidString)]
    [InlineData("""{"a":1,"a":2}""", ErrorCode.DuplicateParameter)]
    public void A_json_value_that_cannot_be_is_refused_with_its_reason(string json, ErrorCode code) =>
        Failing.With(code, () => Parameters.FromJson(json));

    [Fact]
    public void Json_nested_without_end_is_refused_at_once() =>
        Failing.With(ErrorCode.InvalidParameterJson, () => Parameters.FromJson(new StringBuilder().Insert(0, "{\"a\":", 1_000_000).ToString()));
}
