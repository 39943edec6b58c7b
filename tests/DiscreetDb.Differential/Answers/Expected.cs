using DiscreetDb.Differential.Data;

namespace DiscreetDb.Differential.Answers;

/// <summary>What an answer must be, as a tree. The hierarchy is closed.</summary>
internal abstract record Expected
{
    /// <summary>Null, a Boolean, an Integer, a String, bytes, or a Json value, rendered exactly.</summary>
    internal sealed record Scalar(object? Value) : Expected;

    /// <summary>A Float: the same number, spelled with point or exponent.</summary>
    internal sealed record Float(double Value) : Expected;

    /// <summary>A string of so many base64url characters.</summary>
    internal sealed record Base64OfLength(int Length) : Expected;

    /// <summary>A string that holds a JSON text without white space.</summary>
    internal sealed record Embedded(Expected Json) : Expected;

    /// <summary>The id of a row; taken from the answer where the row is new.</summary>
    internal sealed record RowId(StoredRow Row) : Expected;

    /// <summary>Members in this order.</summary>
    internal sealed record Object(IReadOnlyList<KeyValuePair<string, Expected>> Members) : Expected;

    internal sealed record Array(IReadOnlyList<Expected> Items) : Expected;

    /// <summary>So many of the candidates, in any order: what a search gives, whose rank is not part of the language.</summary>
    internal sealed record AnyOf(IReadOnlyList<Expected> Candidates, int Count) : Expected;

    public static Expected OfValue(object? value) => value is double number ? new Float(number) : new Scalar(value);
}
