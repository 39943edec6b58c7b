using DiscreetDb.Mutation;
using DiscreetDb.Query.Model;

namespace DiscreetDb.EngineTests.Mutation;

public sealed class WritePlanCacheTests
{
    [Fact]
    public void A_text_is_resolved_once_per_model_version()
    {
        const string Text = """mutate { Memo { text: "a" } }""";
        WritePlanCache cache = new();
        WriteTables next = new(DataModelBuilder.Build(HarbourModel.Text, version: 2));

        MutationPlan first = cache.Mutation(Text, HarbourModel.Tables);

        Assert.Same(first, cache.Mutation(Text, HarbourModel.Tables));
        Assert.NotSame(first, cache.Mutation(Text, next));
        Assert.Same(next.Model, cache.Mutation(Text, next).Tables.Model);
    }

    [Fact]
    public void A_generated_text_that_comes_again_is_resolved_once()
    {
        string text = $"mutate {{ {string.Join(' ', Enumerable.Range(0, Limits.RootCount).Select(i => $"r{i}: Memo {{ text: $t{i} }}"))} }}";
        WritePlanCache cache = new();

        Assert.Same(cache.Mutation(text, HarbourModel.Tables), cache.Mutation(text, HarbourModel.Tables));
    }

    [Fact]
    public void A_text_that_is_wrong_is_not_kept()
    {
        WritePlanCache cache = new();

        Assert.Throws<DiscreetException>(() => cache.Deletion("delete { Memo { $m nothing[$x] } }", HarbourModel.Tables));
        Assert.Throws<DiscreetException>(() => cache.Deletion("delete { Memo { $m nothing[$x] } }", HarbourModel.Tables));
    }

    [Fact]
    public void An_unpaired_surrogate_is_found_where_it_stands()
    {
        WritePlanCache cache = new();

        DiscreetException error = Assert.Throws<DiscreetException>(() => cache.Mutation("mutate {\n \ud800 }", HarbourModel.Tables));

        Assert.Equal(ErrorCode.SyntaxError, error.Code);
        Assert.Equal((2, 2), (error.Location?.Line, error.Location?.Column));
    }
}
