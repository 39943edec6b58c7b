using System.Collections.Immutable;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Query.Lowering;

/// <summary>
/// A <c>query</c> text bound to one model version (dialect §6). What needs no model was judged by the parser: the grammar,
/// keys given twice, aliases that begin with an underscore.
/// </summary>
internal sealed class QueryResolver
{
    private readonly DataModel _model;
    private readonly ResolutionContext _context;

    private QueryResolver(QueryDocument document, DataModel model)
    {
        _model = model;
        _context = new ResolutionContext(document.Source, model);
    }

    /// <exception cref="DiscreetException">Every error of dialect §6 that does not need parameters, with its place.</exception>
    public static QueryOperation Resolve(QueryDocument document, DataModel model) => new QueryResolver(document, model).Resolve(document);

    private QueryOperation Resolve(QueryDocument document)
    {
        ImmutableArray<Root> roots = [.. document.Roots.Select(Resolve)];
        return new QueryOperation(roots, _context.Variables.Build());
    }

    private Root Resolve(QueryRoot root)
    {
        if (root.Alias is { } alias)
        {
            CheckAlias(alias);
        }

        Entity entity = _context.FindEntity(root.Entity);
        EntityRead read = new SelectionResolver(_context, entity, root.Items).ResolveRoot(root.Parameters);
        return new Root(root.Alias?.Text ?? root.Entity.AsTyped, read);
    }

    private void CheckAlias(Name alias)
    {
        int dot = alias.Text.IndexOf('.', StringComparison.Ordinal);
        string? namespaceName = dot < 0 ? null : alias.Text[..dot];
        if (_model.Find(namespaceName, alias.Text[(dot + 1)..]) is not null)
        {
            throw _context.Error(ErrorCode.AliasConflict, alias.Span, $"The alias `{alias.Text}` is the name of an entity.");
        }
    }
}
