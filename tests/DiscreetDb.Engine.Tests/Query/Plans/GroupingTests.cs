using System.Globalization;
using DiscreetDb.Query.Plans.Grouping;
using DiscreetDb.Storage;
using DiscreetDb.TestKit;

namespace DiscreetDb.EngineTests.Query.Plans;

public class GroupingTests
{
    private const string Model = "k { N { i: Integer nullable, t: String nullable, b: Boolean nullable, f: Float nullable, x: Base64 nullable, v: Integer nullable, w: Float nullable } }";

    /// <summary>Always true, and a condition on groups: so SQLite forms them.</summary>
    private const string BySqlite = "(c > 0)";

    [Theory]
    [InlineData("i")]
    [InlineData("t")]
    [InlineData("b")]
    [InlineData("f")]
    [InlineData("x")]
    [InlineData("mdate")]
    [InlineData("b t")]
    [InlineData("t i")]
    [InlineData("x f b")]
    public void Groups_are_the_same_whoever_forms_them(string keys)
    {
        SeededRandom random = new();
        using QueryDatabase database = new(Model);
        for (int i = 0; i < 5; i++)
        {
            database.Insert($"mutate {{ {string.Join(' ', Enumerable.Range(0, 60).Select(n => $"r{n}: k.N {{ {Values(random)} }}"))} }}");
        }

        string fields = $"{{ s: sum(v) {keys} a: avg(w) c: count() lo: min(v) hi: max(v) least: min(w) most: max(w) mean: avg(v) total: sum(w) }}";
        string here = database.AskOne($"query {{ k.N {fields} }}");
        string there = database.AskOne($"query {{ k.N{BySqlite} {fields} }}");

        Assert.DoesNotContain("GROUP BY", database.Explain($"query {{ k.N {fields} }}"), StringComparison.Ordinal);
        Assert.Contains("GROUP BY", database.Explain($"query {{ k.N{BySqlite} {fields} }}"), StringComparison.Ordinal);
        Assert.True(there == here, $"seed {random.Seed}: {here}\n{there}");
    }

    [Fact]
    public void Many_groups_are_told_apart()
    {
        using QueryDatabase database = new(Model);
        database.Write(c => c.Execute(
            """
            WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 5000)
            INSERT INTO "k.N" ("$doc", id, cdate, mdate, "$author", "$creator", "$insert", "$newest", "i", "v")
            SELECT n, CAST(printf('%016d', n) AS BLOB), 0, 0, 1, 1, 1, 1, n % 2500, n FROM n
            """));

        string here = database.AskOne("query { k.N { i s: sum(v) c: count() } }");

        Assert.Equal(database.AskOne($"query {{ k.N{BySqlite} {{ i s: sum(v) c: count() }} }}"), here);
    }

    [Theory]
    [InlineData("query { k.N { t m: max(t) } }")]
    [InlineData("query { k.N(order_by(c desc)) { t c: count() } }")]
    [InlineData("query { k.N(first 2) { t c: count() } }")]
    public void What_is_more_than_groups_in_their_order_is_left_to_sqlite(string query)
    {
        using QueryDatabase database = new(Model);

        Assert.Contains("GROUP BY", database.Explain(query), StringComparison.Ordinal);
    }

    [Fact]
    public void Sums_are_those_of_sqlite_to_the_last_bit()
    {
        SeededRandom random = new();
        using QueryDatabase database = new(Model);
        using ReadTransaction read = database.Readers.Begin(CancellationToken.None);
        for (int run = 0; run < 500; run++)
        {
            GroupState state = default;
            int count = random.Between(1, 20);
            using Statement sums = read.Connection.Prepare(
                $"SELECT total(column1), avg(column1) FROM (VALUES {string.Join(", ", Enumerable.Repeat("(?)", count))})");
            for (int i = 1; i <= count; i++)
            {
                if (random.Below(3) == 0)
                {
                    double value = (random.Fraction() - 0.5) * Math.Pow(10, random.Between(-20, 20));
                    state.Add(value);
                    sums.Bind(i, value);
                }
                else
                {
                    long value = random.AnyInt64() >> random.Below(60);
                    state.Add(value);
                    sums.Bind(i, value);
                }
            }

            sums.Step();

            Assert.True(
                (sums.GetDouble(0), sums.GetDouble(1)) == (state.Total, state.Total / state.Count),
                $"seed {random.Seed}, run {run}: {sums.GetDouble(0):R} {state.Total:R}");
        }
    }

    private static string Values(SeededRandom random) => string.Join(' ', new[]
    {
        OrNull(random, "i", (random.Between(-3, 3) * 1_000_000_000_000).ToString(CultureInfo.InvariantCulture)),
        OrNull(random, "t", $"\"{new string('a', random.Below(3))}{"é"[..random.Below(2)]}\""),
        OrNull(random, "b", random.Below(2) == 0 ? "true" : "false"),
        OrNull(random, "f", (random.Between(-4, 4) / 4.0).ToString("0.0##", CultureInfo.InvariantCulture)),
        OrNull(random, "x", new[] { "\"\"", "\"AA\"", "\"AAE\"", "\"_w\"" }[random.Below(4)]),
        OrNull(random, "v", random.Between(-1_000, 1_000).ToString(CultureInfo.InvariantCulture)),
        OrNull(random, "w", (random.Between(-4_000, 4_000) / 4.0).ToString("0.0##", CultureInfo.InvariantCulture)),
    });

    private static string OrNull(SeededRandom random, string field, string value) => $"{field}: {(random.Below(5) == 0 ? "null" : value)}";
}
