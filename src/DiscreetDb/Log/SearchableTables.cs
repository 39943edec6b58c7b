using System.Collections.Immutable;
using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>What of a model is searchable (dialect §3.4), as the full text sees it: tables and columns.</summary>
internal static class SearchableTables
{
    public static ImmutableArray<SearchableTable> Of(DataModel model) =>
        [.. model.Entities.Where(entity => entity.HasFullText).Select(ToTable)];

    private static SearchableTable ToTable(Entity entity) => new(entity.TableName, [.. entity.Fields.SelectMany(ToColumns)]);

    private static IEnumerable<SearchableColumn> ToColumns(Field field) => field.Type switch
    {
        FieldType.String => [new SearchableColumn(field.ColumnName, SearchableKind.String)],
        FieldType.Json => [new SearchableColumn(field.ColumnName, SearchableKind.Json)],
        FieldType.Base64 => [new SearchableColumn(field.ColumnName, SearchableKind.Base64)],
        _ => [],
    };
}
