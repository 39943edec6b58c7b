using System.Collections.Immutable;
using DiscreetDb.Language.Model;

namespace DiscreetDb.Query.Model;

/// <summary>
/// Names of tables, link tables and columns. They follow from the log names of the model alone: not from the order of
/// its text, so that reordering moves nothing, and not from earlier models, so that the stored text is enough to know them.
/// </summary>
internal sealed class PhysicalNames(ImmutableArray<Entity> engineEntities)
{
    /// <summary>Columns every entity's table has, and the names SQLite gives a row's number.</summary>
    private static readonly string[] SystemColumns = ["id", "room_id", "cdate", "mdate", "_binary", "rowid", "oid", "_rowid_"];

    private readonly UniqueNames _tables = new(engineEntities.SelectMany(TablesOf));

    /// <summary>Gives every entity its table and every field its column or link table.</summary>
    public void Assign(ImmutableArray<EntityDraft> drafts)
    {
        EntityDraft[] ordered = [.. drafts.OrderBy(draft => draft.LogName, StringComparer.Ordinal)];
        foreach (EntityDraft draft in ordered)
        {
            draft.TableName = _tables.Take(Allowed(draft.LogName));
        }

        foreach (EntityDraft draft in ordered)
        {
            AssignColumns(draft);
        }
    }

    private void AssignColumns(EntityDraft draft)
    {
        var columns = new UniqueNames(SystemColumns);
        foreach (FieldDraft field in draft.Fields.OrderBy(field => field.LogName, StringComparer.Ordinal))
        {
            field.ColumnName = field.Declaration.Type is TypeSyntax.Links
                ? _tables.Take($"{draft.TableName}.{field.LogName}")
                : columns.Take(field.LogName);
        }
    }

    private static IEnumerable<string> TablesOf(Entity entity) => entity.Fields
        .Where(field => field.Type == FieldType.Links)
        .Select(field => field.ColumnName)
        .Prepend(entity.TableName);

    /// <summary>SQLite keeps table names that begin with <c>sqlite_</c> for itself.</summary>
    private static string Allowed(string tableName) =>
        tableName.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase) ? $"${tableName}" : tableName;
}
