using System.Collections.Immutable;
using System.Diagnostics;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Query.Plans.Sql;

/// <summary>Predicates as SQL conditions, for one shape of null variables.</summary>
/// <param name="parameters">The parameters of the statement.</param>
/// <param name="isNull">Whether a variable that may be null is null in this shape.</param>
internal sealed class PredicateSql(StatementParameters parameters, Func<Operand, bool> isNull)
{
    private int _aliasCount;

    /// <summary>The condition, or null where every row fulfils it.</summary>
    public string? Of(Predicate predicate, Entity entity, RowScope scope) =>
        predicate is Predicate.True ? null : Write(predicate, new FieldExpression(entity, scope, parameters));

    private string Write(Predicate predicate, FieldExpression row) => predicate switch
    {
        Predicate.True => "1",
        Predicate.False => "0",
        Predicate.And and => Join(and.Terms, " AND ", row),
        Predicate.Or or => $"({Join(or.Terms, " OR ", row)})",
        Predicate.Not { Term: Predicate.IsNull term } => $"{row.Of(term.Expr)} IS NOT NULL",
        Predicate.Not not => $"NOT ({Write(not.Term, row)})",
        Predicate.IsNull term => $"{row.Of(term.Expr)} IS NULL",
        Predicate.Compare compare => WriteCompare(compare, row),
        Predicate.Some some => WriteSome(some.Read, row),
        Predicate.Keyset keyset => new KeysetSql(keyset, row, parameters, isNull).Write(),
        _ => throw new UnreachableException(),
    };

    private string Join(ImmutableArray<Predicate> terms, string separator, FieldExpression row) =>
        BalancedTerms.Join([.. terms.Select(term => Write(term, row))], separator);

    private string WriteCompare(Predicate.Compare compare, FieldExpression row)
    {
        bool isAuthor = compare.Expr is Expr.Column { Field.System: SystemField.VerifyingKey };
        if (isAuthor && compare.Comparison is Comparison.Equal or Comparison.NotEqual)
        {
            return CompareAuthor(compare, row);
        }

        string expr = row.Of(compare.Expr);
        if (compare is { Comparison: Comparison.NotEqual, NullRule: NullRule.NeverMatches } && isNull(compare.Operand))
        {
            return $"{expr} IS NOT NULL";
        }

        BindingKind kind = compare.Expr is Expr.JsonAt ? BindingKind.SelectorVariable : BindingKind.Variable;
        return $"{expr} {Symbol(compare)} {parameters.Of(compare.Operand, kind)}";
    }

    /// <summary>The key is looked up once instead of once per row. A key nobody has differs from everybody's.</summary>
    private string CompareAuthor(Predicate.Compare compare, FieldExpression row)
    {
        string symbol = compare.Comparison == Comparison.Equal ? "=" : "IS NOT";
        return $"{row.Author} {symbol} (SELECT \"no\" FROM \"$user\" WHERE \"key\" = {parameters.Of(compare.Operand)})";
    }

    /// <summary>An index serves <c>IS ?</c> as it serves <c>= ?</c> (measured), so equality needs no shape.</summary>
    private static string Symbol(Predicate.Compare compare) => compare.Comparison switch
    {
        Comparison.Equal => compare.Operand.MayBeNull ? "IS" : "=",
        Comparison.NotEqual => compare.NullRule == NullRule.Differs ? "IS NOT" : "<>",
        Comparison.Greater => ">",
        Comparison.GreaterOrEqual => ">=",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        _ => throw new UnreachableException(),
    };

    private string WriteSome(EntityRead read, FieldExpression parent)
    {
        string number = (++_aliasCount).ToString(System.Globalization.CultureInfo.InvariantCulture);
        NestedSource source = NestedSource.Of(read, parent.LinkFrom(read.Source), $"c{number}", $"l{number}");
        string? own = Of(read.Where, read.Entity, source.Scope);
        return $"EXISTS (SELECT 1 FROM {source.From} WHERE {source.Condition}{(own is null ? "" : $" AND {own}")})";
    }
}
