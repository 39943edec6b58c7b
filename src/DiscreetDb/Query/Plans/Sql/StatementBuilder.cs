using System.Text;
using DiscreetDb.Query.Ir;

namespace DiscreetDb.Query.Plans.Sql;

/// <summary>
/// The statement of one read. Columns are asked for while the plan is built, by what the read writes and by what is nested
/// in it; the text is put together at the end.
/// </summary>
internal sealed class StatementBuilder
{
    private readonly EntityRead _read;
    private readonly FieldExpression _row;
    private readonly NestedSource _source;
    private readonly PredicateSql _predicates;
    private readonly List<string> _columns = [];
    private readonly Dictionary<string, int> _columnByText = new(StringComparer.Ordinal);

    /// <param name="read">What is read, rewritten.</param>
    /// <param name="parent">The parent's statement; null for a root.</param>
    /// <param name="isNull">Whether a variable that may be null is null in this shape.</param>
    public StatementBuilder(EntityRead read, StatementBuilder? parent, Func<Operand, bool> isNull)
    {
        _read = read;
        _predicates = new PredicateSql(Parameters, isNull);
        string link = parent is null ? "" : Parameters.OfParent(parent.AddColumn(parent._row.LinkFrom(read.Source)));
        _source = NestedSource.Of(read, link, "t", "l");
        if (read is { Search: not null, Entity.HasFullText: true })
        {
            _source = SearchSource.Add(_source, read, OfSearch(read.Search));
        }

        _row = new FieldExpression(read.Entity, _source.Scope, Parameters);
    }

    public StatementParameters Parameters { get; } = new();

    /// <summary>The column that holds an expression.</summary>
    public int AddColumn(Expr expr) => AddColumn(_row.Of(expr));

    /// <summary>
    /// The column of the Json text a group's selector is rendered from: that of some row of the group, always the same one.
    /// </summary>
    public int AddGroupedJson(Expr.JsonAt json) => AddColumn($"min({_row.Column(json.Field)})");

    public int AddColumn(string sql)
    {
        if (!_columnByText.TryGetValue(sql, out int column))
        {
            column = _columns.Count;
            _columns.Add(sql);
            _columnByText.Add(sql, column);
        }

        return column;
    }

    /// <param name="isGrouped">Whether the statement forms the groups of a read of groups; else it yields their rows as they lie.</param>
    public string Build(bool isGrouped = true)
    {
        StringBuilder sql = new("SELECT ");
        sql.Append(_columns.Count == 0 ? "1" : string.Join(", ", _columns)).Append(" FROM ").Append(_source.From);
        Append(sql, " WHERE ", string.Join(" AND ", GetConditions()));
        if (!isGrouped)
        {
            return sql.ToString();
        }

        if (_read.Shape is Shape.Groups groups)
        {
            Append(sql, " GROUP BY ", string.Join(", ", groups.Keys.Select(_row.Of)));
            Append(sql, " HAVING ", _predicates.Of(groups.Having, _read.Entity, _source.Scope));
        }

        Append(sql, " ORDER BY ", string.Join(", ", GetOrder()));
        Append(sql, " LIMIT ", GetLimit());
        return sql.ToString();
    }

    private string OfSearch(Operand search) => search is Operand.Literal literal
        ? Parameters.OfText(SearchTerms.ToMatch(literal.Value.AsBytes.Span))
        : Parameters.Of(search, BindingKind.SearchVariable);

    private IEnumerable<string> GetConditions()
    {
        if (_source.Condition.Length > 0)
        {
            yield return _source.Condition;
        }

        if (_read is { Search: not null, Entity.HasFullText: false })
        {
            yield return "0";
        }

        if (_predicates.Of(_read.Where, _read.Entity, _source.Scope) is { } where)
        {
            yield return where;
        }
    }

    private IEnumerable<string> GetOrder() =>
        _read.Order.Select(key => key.IsDescending ? $"{_row.Of(key.Expr)} DESC" : _row.Of(key.Expr));

    private string? GetLimit()
    {
        Page page = _read.Page;
        if (page.Counter == PageCounter.Writer || !page.IsLimited)
        {
            return null;
        }

        string limit = page.First is null ? "-1" : Parameters.Of(page.First, BindingKind.LimitVariable);
        return page.Skip is null ? limit : $"{limit} OFFSET {Parameters.Of(page.Skip)}";
    }

    private static void Append(StringBuilder sql, string keyword, string? clause)
    {
        if (!string.IsNullOrEmpty(clause))
        {
            sql.Append(keyword).Append(clause);
        }
    }
}
