using DiscreetDb.Core;
using DiscreetDb.Language;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Query.Parameters;

namespace DiscreetDb.EngineTests.Query;

public class ParameterBinderTests
{
    public static TheoryData<string, bool, string, object?, string> Accepted => new()
    {
        { "Boolean", false, "", true, "true" },
        { "Integer", false, "", -5, "-5" },
        { "Integer", false, "Count", 0, "0" },
        { "Float", false, "", 1.25, "1.25" },
        { "Float", false, "", 3, "3" },
        { "String", false, "", "é", "é" },
        { "Base64", false, "", "QUJD", "QUJD" },
        { "Base64", false, "Id", "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAA" },
        { "Json", false, "", " { \"a\" : [1, 2] } ", "{\"a\":[1,2]}" },
        { "Selector", true, "", true, "true" },
        { "Selector", true, "", 7, "7" },
        { "Selector", true, "", 0.5, "0.5" },
        { "Selector", true, "", "x", "x" },
        { "Selector", true, "", null, "null" },
        { "Base64", true, "Id", null, "null" },
        { "Json", true, "", null, "null" },
    };

    public static TheoryData<string, bool, string, object?, ErrorCode> Refused => new()
    {
        { "Boolean", false, "", 1, ErrorCode.ConflictingParameterType },
        { "Integer", false, "", 1.5, ErrorCode.ConflictingParameterType },
        { "Integer", false, "", "1", ErrorCode.ConflictingParameterType },
        { "Float", false, "", "1.5", ErrorCode.ConflictingParameterType },
        { "String", false, "", 3, ErrorCode.ConflictingParameterType },
        { "Base64", false, "", 3, ErrorCode.ConflictingParameterType },
        { "Json", false, "", 3, ErrorCode.ConflictingParameterType },
        { "String", false, "", null, ErrorCode.NotNullable },
        { "Integer", false, "Count", null, ErrorCode.NotNullable },
        { "Integer", false, "Count", -1, ErrorCode.InvalidPagingValue },
        { "Base64", false, "", "QQ==", ErrorCode.InvalidBase64 },
        { "Base64", false, "", "a+b/", ErrorCode.InvalidBase64 },
        { "Base64", false, "Id", "QUJD", ErrorCode.InvalidId },
        { "Json", false, "", "{", ErrorCode.InvalidJson },
        { "Json", false, "", "{\"a\":1,\"a\":2}", ErrorCode.InvalidJson },
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_fitting_value_takes_the_type_of_its_place(string kind, bool isNullable, string rule, object? given, string expected) =>
        Assert.Equal(expected, Bind(kind, isNullable, rule, new() { ["v"] = given }).ToString());

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_value_that_does_not_fit_is_refused(string kind, bool isNullable, string rule, object? given, ErrorCode expected) =>
        Assert.Equal(expected, Assert.Throws<DiscreetException>(() => Bind(kind, isNullable, rule, new() { ["v"] = given })).Code);

    [Fact]
    public void A_float_place_makes_a_float_of_an_integer() =>
        Assert.Equal(ValueKind.Float, Bind("Float", false, "", new() { ["v"] = 3 }).Kind);

    [Fact]
    public void A_missing_parameter_is_refused_and_an_unused_one_ignored()
    {
        Assert.Equal(ErrorCode.MissingParameter, Assert.Throws<DiscreetException>(() => Bind("String", true, "", new() { ["w"] = "x" })).Code);
        Assert.Equal(ErrorCode.MissingParameter, Assert.Throws<DiscreetException>(() => Bind("String", true, "", null)).Code);
        Assert.Equal("x", Bind("String", false, "", new() { ["v"] = "x", ["w"] = 1 }).ToString());
    }

    [Fact]
    public void A_float_that_is_not_finite_and_a_zero_character_are_refused_whatever_the_source()
    {
        Assert.Equal(ErrorCode.InvalidFloat, Assert.Throws<DiscreetException>(() => Bind("Float", new FixedSource(Value.Float(double.NaN)))).Code);
        Assert.Equal(ErrorCode.InvalidFloat, Assert.Throws<DiscreetException>(() => Bind("Selector", new FixedSource(Value.Float(double.PositiveInfinity)))).Code);
        Assert.Equal(ErrorCode.InvalidString, Assert.Throws<DiscreetException>(() => Bind("String", new FixedSource(Value.Text("a\0b")))).Code);
        Assert.Equal(ErrorCode.InvalidString, Assert.Throws<DiscreetException>(() => Bind("Selector", new FixedSource(Value.Text("\0")))).Code);
    }

    [Fact]
    public void Places_of_one_type_share_a_slot_and_keep_every_rule()
    {
        VariableTable.Builder builder = new(new SourceText("$v"u8.ToArray()));
        SyntaxValue.Variable variable = new("v", new SourceSpan(0, 2));

        int first = builder.Add(variable, new VariableType(VariableKind.Integer, false));
        int second = builder.Add(variable, VariableType.Count);

        Assert.Equal(first, second);
        Assert.Equal(VariableRule.Count, builder.Build()[first].Type.Rule);
    }

    private static Value Bind(string kind, bool isNullable, string rule, Parameters? parameters)
    {
        VariableRule parsedRule = rule.Length == 0 ? VariableRule.None : Enum.Parse<VariableRule>(rule);
        Variable variable = new("v", new VariableType(Enum.Parse<VariableKind>(kind), isNullable, parsedRule));
        return Assert.Single(ParameterBinder.Bind(new VariableTable([variable]), parameters));
    }

    private static Value Bind(string kind, IParameterSource source) => Assert.Single(
        ParameterBinder.Bind(new VariableTable([new Variable("v", new VariableType(Enum.Parse<VariableKind>(kind), true))]), source));

    private sealed class FixedSource(Value value) : IParameterSource
    {
        public bool TryGet(string name, out Value found)
        {
            found = value;
            return true;
        }
    }
}
