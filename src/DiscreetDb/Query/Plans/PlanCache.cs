using DiscreetDb.Core;
using DiscreetDb.Language;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Lowering;
using DiscreetDb.Query.Model;
using DiscreetDb.Query.Passes;

namespace DiscreetDb.Query.Plans;

/// <summary>
/// Texts read, and plans built from them (graphql.md §3.5). A document is known by model version and text, a plan by its
/// document and the shape of its null variables; so a changed model never meets an old plan.
/// </summary>
internal sealed class PlanCache
{
    /// <summary>Tree nodes take many times the bytes of the text they were read from.</summary>
    private const int MemoryPerCharacter = 16;

    private readonly LruCache<DocumentKey, PreparedQuery> _documents = new(Limits.DocumentCacheCount, Limits.DocumentCacheSizeBytes);
    private readonly LruCache<PlanKey, Plan> _plans = new(Limits.PlanCacheCount, Limits.PlanCacheSizeBytes);

    /// <summary>Documents kept.</summary>
    public int DocumentCount => _documents.Count;

    /// <summary>Plans kept.</summary>
    public int PlanCount => _plans.Count;

    /// <exception cref="DiscreetException">What is wrong with the text.</exception>
    public PreparedQuery Prepare(string text, DataModel model)
    {
        DocumentKey key = new(model.Version, text);
        if (_documents.TryGet(key, out PreparedQuery? known))
        {
            return known;
        }

        QueryDocument document = DialectParser.ParseQuery(TextEncoding.Encode(text));
        QueryOperation operation = Rewrite.Run(QueryResolver.Resolve(document, model));
        PreparedQuery query = new(operation, (int)Math.Min((long)text.Length * MemoryPerCharacter, int.MaxValue));
        return _documents.Add(key, query, query.SizeBytes);
    }

    /// <summary>The plan of a query for the values of its variables.</summary>
    public Plan GetPlan(PreparedQuery query, Value[] variables)
    {
        if (query.ShapeSlots.Length > NullShape.MaxVariableCount)
        {
            return Build(query, variables);
        }

        PlanKey key = new(query, NullShape.Of(query.ShapeSlots, variables));
        if (_plans.TryGet(key, out Plan? known))
        {
            return known;
        }

        // A plan keeps its document alive, also when that has left its own cache.
        Plan plan = Build(query, variables);
        return _plans.Add(key, plan, plan.SizeBytes + query.SizeBytes);
    }

    private static Plan Build(PreparedQuery query, Value[] variables) =>
        PlanBuilder.Build(query.Operation, operand => operand is Operand.Variable variable && variables[variable.Slot].IsNull);

    private readonly record struct DocumentKey(long ModelVersion, string Text);

    private readonly record struct PlanKey(PreparedQuery Query, NullShape Shape);
}
