using DiscreetDb.Query.Plans.Sql;
using DiscreetDb.Storage;

namespace DiscreetDb.Query.Plans;

/// <summary>The SQL functions plans call; every connection that runs plans knows them.</summary>
internal static class QueryFunctions
{
    public static IReadOnlyList<SqlFunction> All { get; } = [JsonValueFunction.Function];
}
