namespace DiscreetDb;

/// <summary>A place in a text: line and column from 1, in characters, and the excerpt that stands there.</summary>
public readonly record struct SourceLocation(int Line, int Column, string Excerpt)
{
    /// <inheritdoc />
    public override string ToString() => $"line {Line}, column {Column}";
}
