using System.Diagnostics;
using System.Text;
using DiscreetDb.Language.Dialect;

namespace DiscreetDb.Language.Tests;

/// <summary>Dialect §10: bounds are checked while reading, so that no text costs more than its bytes.</summary>
public sealed class BoundsTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public void Selections_nest_as_deep_as_the_bound_and_no_deeper()
    {
        Texts.Query(NestedQuery(Limits.NestingDepth));
        Texts.Fails(ErrorCode.TooComplex, () => Texts.Query(NestedQuery(Limits.NestingDepth + 1)));
    }

    [Fact]
    public void Objects_nest_as_deep_as_the_bound_and_no_deeper()
    {
        Texts.Mutation(NestedMutation(Limits.NestingDepth, "{ ", " }"));
        Texts.Mutation(NestedMutation(Limits.NestingDepth, "[{ ", " }]"));
        Texts.Fails(ErrorCode.TooComplex, () => Texts.Mutation(NestedMutation(Limits.NestingDepth + 1, "{ ", " }")));
        Texts.Fails(ErrorCode.TooComplex, () => Texts.Mutation(NestedMutation(Limits.NestingDepth + 1, "[{ ", " }]")));
    }

    [Fact]
    public void A_document_has_as_many_roots_as_the_bound_and_no_more()
    {
        Texts.Query(Roots("query", Limits.RootCount, "{ x }"));
        Texts.Mutation(Roots("mutate", Limits.RootCount, "{ x: 1 }"));
        Texts.Deletion(Roots("delete", Limits.RootCount, "{ $x }"));
        Texts.Fails(ErrorCode.TooComplex, () => Texts.Query(Roots("query", Limits.RootCount + 1, "{ x }")));
        Texts.Fails(ErrorCode.TooComplex, () => Texts.Mutation(Roots("mutate", Limits.RootCount + 1, "{ x: 1 }")));
        Texts.Fails(ErrorCode.TooComplex, () => Texts.Deletion(Roots("delete", Limits.RootCount + 1, "{ $x }")));
    }

    [Fact]
    public void A_document_selects_as_many_items_as_the_bound_and_no_more()
    {
        Texts.Query($"query {{ A {{ {Numbered("f", Limits.SelectedItemCount)} }} }}");
        Texts.Fails(ErrorCode.TooComplex, () => Texts.Query($"query {{ A {{ {Numbered("f", Limits.SelectedItemCount + 1)} }} }}"));
        string spread = $"query {{ A {{ {Numbered("f", 1000)} }} B {{ r {{ {Numbered("f", 1000)} }} }} }}";
        Texts.Fails(ErrorCode.TooComplex, () => Texts.Query(spread));
    }

    [Fact]
    public void A_selection_has_as_many_parameters_as_the_bound_and_no_more()
    {
        Texts.Query(Filtered(Limits.SelectionParameterCount));
        Texts.Fails(ErrorCode.TooComplex, () => Texts.Query(Filtered(Limits.SelectionParameterCount + 1)));
        Texts.Fails(ErrorCode.TooComplex, () => Texts.Query($"query {{ A(after({string.Join(',', Enumerable.Repeat("1", 501))})) {{ x }} }}"));
    }

    [Fact]
    public void A_model_has_as_many_entities_and_fields_as_the_bounds_and_no_more()
    {
        Texts.Model(Entities(Limits.EntityCount));
        Texts.Fails(ErrorCode.TooComplex, () => Texts.Model(Entities(Limits.EntityCount + 1)));
        Texts.Model(Fields(Limits.FieldCount));
        Texts.Fails(ErrorCode.TooComplex, () => Texts.Model(Fields(Limits.FieldCount + 1)));
    }

    [Theory]
    [InlineData("query { A {", "a{")]
    [InlineData("query { A {", "a(")]
    [InlineData("query { A {", "a(b=")]
    [InlineData("query { A {", "a(order_by(")]
    [InlineData("query { A {", "a:")]
    [InlineData("query ", "{")]
    [InlineData("query { A(", "(")]
    [InlineData("mutate { A {", "a:{")]
    [InlineData("mutate { A {", "a:[{")]
    [InlineData("mutate { A {", "a:[")]
    [InlineData("mutate ", "{")]
    [InlineData("delete { A { $a ", "r[")]
    [InlineData("delete ", "{")]
    [InlineData("", "{")]
    [InlineData("", "[")]
    [InlineData("", "(")]
    [InlineData("{ A { ", "@was(")]
    [InlineData("{ A { x: ", "[")]
    public void A_text_of_nothing_but_openings_fails_at_once(string head, string repeated)
    {
        byte[] tenMegabytes = Repeat(head, repeated, 10_000_000);
        byte[] withinBounds = Repeat(head, repeated, Limits.ModelSizeBytes);
        long start = Stopwatch.GetTimestamp();

        foreach (byte[] text in new[] { tenMegabytes, withinBounds })
        {
            AssertRefused(() => DialectParser.ParseQuery(text));
            AssertRefused(() => DialectParser.ParseMutation(text));
            AssertRefused(() => DialectParser.ParseDeletion(text));
            AssertRefused(() => Language.Model.ModelParser.Parse(text));
        }

        Assert.True(Stopwatch.GetElapsedTime(start) < Soon, $"took {Stopwatch.GetElapsedTime(start)}");
    }

    private static void AssertRefused(Action parse)
    {
        DiscreetException error = Assert.Throws<DiscreetException>(parse);
        Assert.Contains(error.Code, new[] { ErrorCode.SyntaxError, ErrorCode.TextTooLarge, ErrorCode.TooComplex });
        Assert.NotNull(error.Location);
    }

    private static byte[] Repeat(string head, string repeated, int size)
    {
        byte[] text = new byte[size];
        int position = Encoding.UTF8.GetBytes(head, text);
        byte[] piece = Encoding.UTF8.GetBytes(repeated);
        while (position + piece.Length <= size)
        {
            piece.CopyTo(text, position);
            position += piece.Length;
        }

        return text[..position];
    }

    private static string NestedQuery(int depth) => Nested("query { A ", "{ ", "r ", "x", " }", depth) + " }";

    private static string NestedMutation(int depth, string open, string close) =>
        $"mutate {{ A {{ {Nested("r: ", open, "r: ", "x: 1", close, depth - 1)} }} }}";

    private static string Nested(string head, string open, string between, string leaf, string close, int depth) =>
        head + string.Join(between, Enumerable.Repeat(open, depth)) + leaf + string.Concat(Enumerable.Repeat(close, depth));

    private static string Roots(string keyword, int count, string body) =>
        $"{keyword} {{ {string.Join(' ', Enumerable.Range(0, count).Select(i => $"a{i}: A {body}"))} }}";

    private static string Numbered(string name, int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => $"{name}{i}"));

    private static string Filtered(int count) =>
        $"query {{ A({string.Join(", ", Enumerable.Repeat("f = 1", count))}) {{ x }} }}";

    private static string Entities(int count) => $"{{ {string.Join(' ', Enumerable.Range(0, count).Select(i => $"E{i} {{ x: String }}"))} }}";

    private static string Fields(int count) => $"{{ A {{ {string.Join(", ", Enumerable.Range(0, count).Select(i => $"f{i}: String"))} }} }}";
}
