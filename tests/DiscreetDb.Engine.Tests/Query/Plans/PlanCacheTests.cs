using DiscreetDb.Query.Model;
using DiscreetDb.Query.Parameters;
using DiscreetDb.Query.Plans;

namespace DiscreetDb.EngineTests.Query.Plans;

public class PlanCacheTests
{
    private static readonly DataModel Model = DataModelBuilder.Build(HarbourModel.Text, version: 1);

    [Fact]
    public void A_text_is_read_once_per_model_version()
    {
        PlanCache cache = new();
        DataModel next = DataModelBuilder.Build(HarbourModel.Text, version: 2);

        PreparedQuery first = cache.Prepare("query { Memo { text } }", Model);
        PreparedQuery again = cache.Prepare("query { Memo { text } }", Model);
        PreparedQuery later = cache.Prepare("query { Memo { text } }", next);

        Assert.Same(first, again);
        Assert.NotSame(first, later);
        Assert.Equal(2, cache.DocumentCount);
    }

    [Fact]
    public void Only_being_null_where_it_matters_makes_another_plan()
    {
        PlanCache cache = new();
        PreparedQuery query = cache.Prepare("query { harbour.Boat(photo != $photo, room_id = $room) { id } }", Model);

        Plan one = Get(cache, query, new() { ["photo"] = "AAAA", ["room"] = null });
        Plan same = Get(cache, query, new() { ["photo"] = "BBBB", ["room"] = Uid.Zero });
        Plan other = Get(cache, query, new() { ["photo"] = null, ["room"] = null });

        Assert.Same(one, same);
        Assert.NotSame(one, other);
        Assert.Equal(2, cache.PlanCount);
    }

    [Fact]
    public void A_text_that_is_wrong_is_not_kept()
    {
        PlanCache cache = new();

        Assert.Throws<DiscreetException>(() => cache.Prepare("query { Memo { ghost } }", Model));

        Assert.Equal(0, cache.DocumentCount);
    }

    [Fact]
    public void The_cache_is_bounded_by_count()
    {
        PlanCache cache = new();

        for (int i = 0; i < Limits.DocumentCacheCount + 50; i++)
        {
            Get(cache, cache.Prepare($"query {{ Memo(first {i + 1}) {{ text }} }}", Model), new());
        }

        Assert.Equal(Limits.DocumentCacheCount, cache.DocumentCount);
    }

    [Fact]
    public void The_cache_is_bounded_by_bytes()
    {
        PlanCache cache = new();
        string padding = new(' ', Limits.DocumentCacheSizeBytes / 64);

        for (int i = 0; i < 20; i++)
        {
            cache.Prepare($"query {{ Memo(first {i + 1}) {{ text }} }}{padding}", Model);
        }

        Assert.InRange(cache.DocumentCount, 1, 4);
    }

    [Fact]
    public void More_deciding_variables_than_a_shape_holds_are_planned_each_time()
    {
        PlanCache cache = new();
        Parameters parameters = new();
        string filters = string.Join(", ", Enumerable.Range(0, NullShape.MaxVariableCount + 1).Select(i => $"photo != $p{i}"));
        for (int i = 0; i <= NullShape.MaxVariableCount; i++)
        {
            parameters[$"p{i}"] = i == NullShape.MaxVariableCount ? null : "AAAA";
        }

        PreparedQuery query = cache.Prepare($"query {{ harbour.Boat({filters}) {{ id }} }}", Model);

        Assert.Contains("IS NOT NULL", Get(cache, query, parameters).ToString(), StringComparison.Ordinal);
        Assert.Equal(0, cache.PlanCount);
    }

    [Fact]
    public void A_hit_allocates_less_than_a_kilobyte()
    {
        const string Query = "query { harbour.Boat(name = $name, photo != $photo, order_by(mdate asc, id asc), first 10) { id name length owners { nick } } }";
        using QueryDatabase database = new(HarbourModel.Text);
        database.Insert("mutate { harbour.Boat { name: \"a\" owners: [{ nick: \"x\" }, { nick: \"y\" }] } }");
        Parameters parameters = new() { ["name"] = "a", ["photo"] = null };
        using AnswerBuffer output = new();
        for (int i = 0; i < 100; i++)
        {
            Run();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Run();
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 1_023);

        void Run()
        {
            output.Truncate(0);
            database.Pipeline.Run(Query, parameters, output, CancellationToken.None);
        }
    }

    private static Plan Get(PlanCache cache, PreparedQuery query, Parameters parameters) =>
        cache.GetPlan(query, ParameterBinder.Bind(query.Variables, parameters));
}
