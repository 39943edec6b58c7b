using DiscreetDb.Query.Ir;

namespace DiscreetDb.Query.Plans.Sql;

/// <summary>
/// The rows strictly after or before a tuple (graphql.md §3.4). One direction is a row value, which uses the whole index; the
/// spread-out form uses only a prefix. Null is the lowest value; branches for it stand only where it can occur.
/// </summary>
internal sealed class KeysetSql
{
    private readonly Key[] _keys;
    private readonly bool _isRowValue;

    public KeysetSql(Predicate.Keyset keyset, FieldExpression row, StatementParameters parameters, Func<Operand, bool> isNull)
    {
        _keys = new Key[keyset.Values.Length];
        for (int i = 0; i < _keys.Length; i++)
        {
            OrderKey key = keyset.Keys[i];
            bool isNullValue = isNull(keyset.Values[i]);
            bool isGreater = keyset.IsAfter != key.IsDescending;

            // Nothing is below null: the last key then stands nowhere in the text, nor may the parameters of its expression.
            bool isAbsent = isNullValue && !isGreater && i == _keys.Length - 1;
            _keys[i] = new Key(
                isAbsent ? "" : row.Of(key.Expr),
                isNullValue ? "" : parameters.Of(keyset.Values[i]),
                isGreater,
                isNullValue,
                key.Expr.Type.IsNullable);
        }

        // Comparing with a null column yields null: right where the wanted rows are greater, for null is below everything.
        _isRowValue = Array.TrueForAll(_keys, key =>
            !key.IsNullValue && key.IsGreater == _keys[0].IsGreater && (key.IsGreater || !key.IsNullable));
    }

    public string Write()
    {
        if (_keys.Length == 1)
        {
            return Beyond(_keys[0]);
        }

        if (_isRowValue)
        {
            string columns = string.Join(", ", _keys.Select(key => key.Expr));
            string values = string.Join(", ", _keys.Select(key => key.Value));
            return $"({columns}) {(_keys[0].IsGreater ? ">" : "<")} ({values})";
        }

        return $"{Lead(_keys[0])}({Strictly(0)})";
    }

    private string Strictly(int index)
    {
        Key key = _keys[index];
        return index == _keys.Length - 1 ? Beyond(key) : $"{Beyond(key)} OR ({Equal(key)} AND ({Strictly(index + 1)}))";
    }

    /// <summary>What an index on the first key can use.</summary>
    private static string Lead(Key key) => key switch
    {
        { IsNullValue: true, IsGreater: true } or { IsNullValue: false, IsGreater: false, IsNullable: true } => "",
        { IsNullValue: true } => $"{key.Expr} IS NULL AND ",
        { IsGreater: true } => $"{key.Expr} >= {key.Value} AND ",
        _ => $"{key.Expr} <= {key.Value} AND ",
    };

    private static string Beyond(Key key) => key switch
    {
        { IsNullValue: true, IsGreater: true } => $"{key.Expr} IS NOT NULL",
        { IsNullValue: true } => "0",
        { IsGreater: true } => $"{key.Expr} > {key.Value}",
        { IsNullable: true } => $"({key.Expr} < {key.Value} OR {key.Expr} IS NULL)",
        _ => $"{key.Expr} < {key.Value}",
    };

    private static string Equal(Key key) => key.IsNullValue ? $"{key.Expr} IS NULL" : $"{key.Expr} = {key.Value}";

    private readonly record struct Key(string Expr, string Value, bool IsGreater, bool IsNullValue, bool IsNullable);
}
