using System.Collections.Immutable;
using System.Globalization;
using DiscreetDb.Core;
using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>Creates and drops the tables rows are projected into (docs/ARCHITECTURE.md).</summary>
internal sealed class ProjectionSchema(Connection connection)
{
    private const string SystemColumns =
        """
        room_id BLOB, cdate INTEGER NOT NULL, mdate INTEGER NOT NULL, "$author" INTEGER NOT NULL, "$creator" INTEGER NOT NULL,
        "$insert" INTEGER NOT NULL, "$newest" INTEGER NOT NULL, "$versions" BLOB, _binary BLOB
        """;

    public void Create(Entity entity)
    {
        string columns = string.Concat(entity.Fields.Where(IsColumn).Select(field => $", {Column(field)}"));
        connection.Execute(ProjectionLayout.CreateTable(Sql.Quote(entity.TableName), SystemColumns + columns));
        foreach ((string suffix, string indexed) in ProjectionLayout.Indexes)
        {
            CreateIndex(entity, suffix, indexed);
        }

        foreach (Field field in entity.Fields)
        {
            CreateRelation(entity, field);
        }

        foreach (ImmutableArray<Field> index in entity.Indexes)
        {
            CreateIndex(entity, index);
        }
    }

    public void Drop(Entity entity)
    {
        connection.Execute($"DROP TABLE {Sql.Quote(entity.TableName)}");
        foreach (Field field in entity.Fields)
        {
            if (field.Type == FieldType.Links)
            {
                DropLinks(field);
            }
        }
    }

    /// <summary>Adds a column that no row has a value for: every row reads the default.</summary>
    public void AddColumn(Entity entity, Field field)
    {
        string value = field.Default is { } defaultValue ? $" DEFAULT {Literal(defaultValue)}" : string.Empty;
        connection.Execute($"ALTER TABLE {Sql.Quote(entity.TableName)} ADD COLUMN {Column(field)}{value}");
        CreateRelation(entity, field);
    }

    public void CreateLinks(Field field)
    {
        string table = Sql.Quote(field.ColumnName);
        connection.Execute(
            $"CREATE TABLE {table} (src BLOB NOT NULL, dest BLOB NOT NULL, \"$commit\" INTEGER NOT NULL, PRIMARY KEY (src, dest)) WITHOUT ROWID");
        connection.Execute($"CREATE INDEX {Sql.Quote($"{field.ColumnName}.$dest")} ON {table} (dest, src)");
    }

    public void DropLinks(Field field) => connection.Execute($"DROP TABLE {Sql.Quote(field.ColumnName)}");

    public void CreateIndex(Entity entity, ImmutableArray<Field> fields) => CreateIndex(
        entity,
        Suffix(fields),
        string.Join(", ", fields.Select(field => Sql.Quote(field.ColumnName)).Append("id").Distinct(StringComparer.Ordinal)));

    public void DropIndex(Entity entity, ImmutableArray<Field> fields) =>
        connection.Execute($"DROP INDEX {IndexName(entity, Suffix(fields))}");

    private static bool IsColumn(Field field) => field.Type != FieldType.Links;

    private static string Column(Field field) => $"{Sql.Quote(field.ColumnName)} {TypeOf(field)}";

    private static string TypeOf(Field field) => field.Type switch
    {
        FieldType.Integer or FieldType.Boolean => "INTEGER",
        FieldType.Float => "REAL",
        FieldType.String or FieldType.Json => "TEXT",
        _ => "BLOB",
    };

    private static string Literal(in Value value) => value.Kind switch
    {
        ValueKind.Boolean => value.AsBoolean ? "1" : "0",
        ValueKind.Integer => value.AsInteger.ToString(CultureInfo.InvariantCulture),
        ValueKind.Float => value.AsFloat.ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Text or ValueKind.Json => $"'{value.ToString().Replace("'", "''", StringComparison.Ordinal)}'",
        _ => $"x'{Convert.ToHexString(value.AsBytes.Span)}'",
    };

    /// <summary>Of column names, which differ by more than ASCII case, and behind a <c>$</c>, which no link table has there.</summary>
    private static string Suffix(ImmutableArray<Field> fields) => $"$index.{string.Join(',', fields.Select(field => field.ColumnName))}";

    private static string IndexName(Entity entity, string suffix) => Sql.Quote($"{entity.TableName}.{suffix}");

    private void CreateRelation(Entity entity, Field field)
    {
        if (field.Type == FieldType.Links)
        {
            CreateLinks(field);
        }
        else if (field.Type == FieldType.Reference)
        {
            CreateIndex(entity, $"$to.{field.ColumnName}", $"{Sql.Quote(field.ColumnName)}, id");
        }
    }

    private void CreateIndex(Entity entity, string suffix, string columns) =>
        connection.Execute($"CREATE INDEX {IndexName(entity, suffix)} ON {Sql.Quote(entity.TableName)} ({columns})");
}
