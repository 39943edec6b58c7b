using System.Text;
using System.Text.Json;

namespace DiscreetDb.Property;

/// <summary>Texts and rows at and beyond the bounds of dialect §10: an error with its code, never a limit of what lies below.</summary>
public sealed class BoundsTests
{
    private const string Model = "b { Row { name: String, next: b.Row nullable, js: Json nullable, n: Integer default 0 } Plain(no_full_text_index) { name: String } }";

    [Theory]
    [InlineData("{a")]
    [InlineData("query{a")]
    [InlineData("query { b.Row { next { ")]
    [InlineData("mutate { b.Row { next: { ")]
    [InlineData("((((")]
    [InlineData("//")]
    public async Task Ten_megabytes_of_an_opening_are_an_error(string piece)
    {
        await using OpenDatabase database = await OpenDatabase.NewAsync(Model);
        string text = string.Concat(Enumerable.Repeat(piece, 10 * 1024 * 1024 / piece.Length));

        Assert.Equal(ErrorCode.TextTooLarge, (await Assert.ThrowsAsync<DiscreetException>(() => database.App.QueryAsync(text))).Code);
        Assert.Equal(ErrorCode.TextTooLarge, (await Assert.ThrowsAsync<DiscreetException>(() => database.App.MutateAsync(text))).Code);
        Assert.Equal(ErrorCode.TextTooLarge, (await Assert.ThrowsAsync<DiscreetException>(() => database.App.UpdateDataModelAsync(text))).Code);
    }

    [Fact]
    public async Task Nesting_up_to_the_bound_is_answered_and_one_more_is_too_complex()
    {
        await using OpenDatabase database = await OpenDatabase.NewAsync(Model);
        await database.App.MutateAsync(Mutation(Limits.NestingDepth));

        JsonElement answer = await database.QueryAsync(Query(Limits.NestingDepth));
        DiscreetException query = await Assert.ThrowsAsync<DiscreetException>(() => database.App.QueryAsync(Query(Limits.NestingDepth + 1)));
        DiscreetException mutation = await Assert.ThrowsAsync<DiscreetException>(() => database.App.MutateAsync(Mutation(Limits.NestingDepth + 1)));

        Assert.Equal(Limits.NestingDepth, answer.GetProperty("b.Row").GetArrayLength());
        Assert.Equal(ErrorCode.TooComplex, query.Code);
        Assert.Equal(ErrorCode.TooComplex, mutation.Code);
    }

    [Fact]
    public async Task Two_hundred_fields_in_one_selection_are_answered()
    {
        string fields = string.Join(", ", Enumerable.Range(0, 200).Select(i => $"f{i}: Integer default {i}"));
        await using OpenDatabase database = await OpenDatabase.NewAsync($"b {{ Wide {{ {fields} }} }}");
        await database.App.MutateAsync("mutate { b.Wide { } }");

        JsonElement row = (await database.QueryAsync($"query {{ b.Wide {{ {string.Join(' ', Enumerable.Range(0, 200).Select(i => $"f{i}"))} }} }}")).GetProperty("b.Wide")[0];

        Assert.All(Enumerable.Range(0, 200), i => Assert.Equal(i, row.GetProperty($"f{i}").GetInt32()));
    }

    [Fact]
    public async Task A_thousand_roots_are_answered_and_one_more_is_too_complex()
    {
        await using OpenDatabase database = await OpenDatabase.NewAsync(Model);
        static string Roots(int count) => $"query {{ {string.Join(' ', Enumerable.Range(0, count).Select(i => $"r{i}: b.Row {{ n }}"))} }}";

        JsonElement answer = await database.QueryAsync(Roots(Limits.RootCount));
        DiscreetException failure = await Assert.ThrowsAsync<DiscreetException>(() => database.App.QueryAsync(Roots(Limits.RootCount + 1)));

        Assert.Equal(Limits.RootCount, answer.EnumerateObject().Count());
        Assert.Equal(ErrorCode.TooComplex, failure.Code);
    }

    [Fact]
    public async Task A_row_over_its_bound_is_refused_and_nothing_of_its_document_written()
    {
        await using OpenDatabase database = await OpenDatabase.NewAsync(Model);
        var parameters = new Parameters { ["long"] = new string('x', Limits.RowSizeBytes + 1) };

        DiscreetException failure = await Assert.ThrowsAsync<DiscreetException>(
            () => database.App.MutateAsync("mutate { a: b.Row { name: \"short\" } b: b.Plain { name: $long } }", parameters));

        Assert.Equal(ErrorCode.RowTooLarge, failure.Code);
        Assert.Contains(Limits.RowSizeBytes.ToString("D"), failure.Message.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(0, (await database.QueryAsync("query { b.Row { n } }")).GetProperty("b.Row").GetArrayLength());
    }

    [Fact]
    public async Task A_row_just_below_its_bound_is_stored_whole()
    {
        await using OpenDatabase database = await OpenDatabase.NewAsync(Model);
        string text = new('x', Limits.RowSizeBytes - 200);

        await database.App.MutateAsync("mutate { b.Plain { name: $t } }", new Parameters { ["t"] = text });

        Assert.Equal(text, (await database.QueryAsync("query { b.Plain { name } }")).GetProperty("b.Plain")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_document_of_more_operations_than_a_commit_holds_is_still_one_unit()
    {
        const int Roots = 800;
        const int Rows = 3 * Roots;
        await using OpenDatabase database = await OpenDatabase.NewAsync(Model);
        var text = new StringBuilder("mutate {");
        for (int i = 0; i < Roots; i++)
        {
            text.Append($" r{i}: b.Row {{ name: \"row\" n: {i} next: {{ name: \"next\" next: {{ name: \"last\" }} }} }}");
        }

        MutationResult result = await database.App.MutateAsync(text.Append(" }").ToString());

        Assert.Equal((Rows + Limits.CommitOperationCount - 1) / Limits.CommitOperationCount, result.Commits.Count);
        JsonElement count = (await database.QueryAsync("query { b.Row { rows: count() } }")).GetProperty("b.Row")[0];
        Assert.Equal(Rows, count.GetProperty("rows").GetInt32());
    }

    private static string Query(int depth)
    {
        var text = new StringBuilder("query { b.Row { name");
        for (int level = 2; level <= depth; level++)
        {
            text.Append(" next(n = 0) { name");
        }

        return text.Append(string.Concat(Enumerable.Repeat(" }", depth + 1))).ToString();
    }

    private static string Mutation(int depth)
    {
        var text = new StringBuilder("mutate { b.Row { name: \"a\"");
        for (int level = 2; level <= depth; level++)
        {
            text.Append(" next: { name: \"a\"");
        }

        return text.Append(string.Concat(Enumerable.Repeat(" }", depth + 1))).ToString();
    }
}
