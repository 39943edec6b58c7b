using DiscreetDb.Language.Dialect;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Query.Lowering;

/// <summary>
/// One item of a selection whose names are resolved: an expression, or a relation whose own selection is still to be
/// resolved, because what it means for the parent depends on the parent's parameters.
/// </summary>
internal sealed class SelectedItem(string key, Expr? expr, Field? relation, SelectionItem.Nested? syntax)
{
    public string Key => key;

    /// <summary>Set for everything but a relation.</summary>
    public Expr? Expr => expr;

    /// <summary>Set for a relation, as <see cref="Syntax" />.</summary>
    public Field? Relation => relation;

    public SelectionItem.Nested? Syntax => syntax;

    /// <summary>What the parent's parameters make of a relation.</summary>
    public Presence Presence { get; set; }
}
