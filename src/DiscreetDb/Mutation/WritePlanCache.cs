using DiscreetDb.Core;
using DiscreetDb.Language;
using DiscreetDb.Language.Dialect;

namespace DiscreetDb.Mutation;

/// <summary>
/// Plans of mutations and deletions by text and model version, so that a text is parsed and resolved once. May be used from
/// any thread.
/// </summary>
internal sealed class WritePlanCache
{
    // A plan keeps its text. Long texts are generated, with their values in them, and do not come again.
    private const int LongestCachedText = 16 * 1024;

    private readonly LruCache<(long Version, string Text), MutationPlan> _mutations = new(Limits.PlanCacheCount);
    private readonly LruCache<(long Version, string Text), DeletionPlan> _deletions = new(Limits.PlanCacheCount);

    /// <exception cref="DiscreetException">With a location, for everything that is wrong in the text.</exception>
    public MutationPlan Mutation(string text, WriteTables tables) => Get(
        _mutations, text, tables, static (utf8, tables) => MutationResolver.Resolve(DialectParser.ParseMutation(utf8), tables));

    /// <inheritdoc cref="Mutation" />
    public DeletionPlan Deletion(string text, WriteTables tables) => Get(
        _deletions, text, tables, static (utf8, tables) => DeletionResolver.Resolve(DialectParser.ParseDeletion(utf8), tables));

    private static TPlan Get<TPlan>(
        LruCache<(long Version, string Text), TPlan> plans, string text, WriteTables tables, Func<ReadOnlyMemory<byte>, WriteTables, TPlan> resolve)
        where TPlan : class
    {
        (long Version, string Text) key = (tables.Model.Version, text);
        if (plans.TryGet(key, out TPlan? plan))
        {
            return plan;
        }

        plan = resolve(TextEncoding.Encode(text), tables);
        if (text.Length <= LongestCachedText)
        {
            plans.Add(key, plan);
        }

        return plan;
    }
}
