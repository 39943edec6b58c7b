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
    // The text itself as key and as source, and the objects of the plan, which take many times the bytes they were read from.
    private const int MemoryPerCharacter = 20;

    private readonly LruCache<(long Version, string Text), MutationPlan> _mutations = new(Limits.PlanCacheCount, Limits.PlanCacheSizeBytes);
    private readonly LruCache<(long Version, string Text), DeletionPlan> _deletions = new(Limits.PlanCacheCount, Limits.PlanCacheSizeBytes);

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
        return plans.Add(key, plan, (int)Math.Min((long)text.Length * MemoryPerCharacter, int.MaxValue));
    }
}
