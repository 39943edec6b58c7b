namespace DiscreetDb.Storage;

/// <summary>How the table of an entity lies in the file; measured in <c>docs/adr/0014-physical-layout.md</c>.</summary>
/// <remarks>
/// Rows lie in the order they arrived, under a number of this device: <c>$doc</c>, which is also their number in the full
/// text. So inserts append, a row found by its text is one look-up away, and indexes hold short numbers.
/// </remarks>
internal static class ProjectionLayout
{
    /// <summary>The number of a row: given by <see cref="FullText.NextDoc" />, never changed and never given twice.</summary>
    public const string DocColumn = "\"$doc\"";

    /// <summary>DDL of the table; <paramref name="columns" /> are those after <c>$doc</c> and <c>id</c>.</summary>
    /// <param name="quotedTable">The quoted name of the table.</param>
    /// <param name="columns">Column definitions, separated by commas.</param>
    public static string CreateTable(string quotedTable, string columns) =>
        $"CREATE TABLE {quotedTable} ({DocColumn} INTEGER PRIMARY KEY, \"id\" BLOB NOT NULL UNIQUE, {columns})";

    /// <summary>The indexes every entity has: a suffix of their name, and their columns.</summary>
    /// <remarks>Pages by date, within a room and over all; <c>id</c> makes the order complete.</remarks>
    public static IReadOnlyList<(string Suffix, string Columns)> Indexes { get; } =
    [
        ("$room", "\"room_id\", \"mdate\", \"id\""),
        ("$mdate", "\"mdate\", \"id\""),
    ];
}
