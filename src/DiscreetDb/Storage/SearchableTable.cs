using System.Collections.Immutable;

namespace DiscreetDb.Storage;

/// <summary>What of a column is searchable.</summary>
internal enum SearchableKind
{
    /// <summary>The text itself.</summary>
    String,

    /// <summary>The strings among the values of a JSON text, at any depth.</summary>
    Json,

    /// <summary>The base64url text of the bytes.</summary>
    Base64,
}

/// <summary>One searchable column.</summary>
internal sealed record SearchableColumn(string Name, SearchableKind Kind);

/// <summary>A table with full text. Names are unquoted.</summary>
internal sealed record SearchableTable(string Name, ImmutableArray<SearchableColumn> Columns)
{
    /// <summary>Changes with the columns: a table whose signature differs from the stored one is taken in anew.</summary>
    public string Signature => string.Join('\n', Columns.Select(column => $"{column.Kind} {column.Name}"));
}
