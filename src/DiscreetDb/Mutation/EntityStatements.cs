using System.Collections.Immutable;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Mutation;

/// <summary>The SQL by which mutations read one entity's table (docs/ARCHITECTURE.md, the tables of a database).</summary>
internal sealed class EntityStatements
{
    private readonly string?[] _selectReference;
    private readonly string?[] _selectLink;
    private readonly string?[] _selectLinks;

    public EntityStatements(Entity entity)
    {
        Entity = entity;
        string table = Sql.Quote(entity.TableName);
        SelectRow =
            $"""SELECT t."room_id", t."mdate", u."key" FROM {table} t JOIN "$user" u ON u."no" = t."$creator" WHERE t."id" = ?1""";
        SelectMdate = $"""SELECT "mdate" FROM {table} WHERE "id" = ?1""";
        ValueFields = [SystemFields.Binary, .. entity.Fields.Where(field => field.Type != FieldType.Links)];
        SelectValues = $"""SELECT {string.Join(", ", ValueFields.Select(field => Sql.Quote(field.ColumnName)))} FROM {table} WHERE "id" = ?1""";
        SizedFields = [.. ValueFields.Where(field => field.Type is FieldType.String or FieldType.Base64 or FieldType.Json)];
        SelectSizes = $"""SELECT {string.Join(", ", SizedFields.Select(field => $"octet_length({Sql.Quote(field.ColumnName)})"))} FROM {table} WHERE "id" = ?1""";
        _selectReference = new string?[entity.Fields.Length];
        _selectLink = new string?[entity.Fields.Length];
        _selectLinks = new string?[entity.Fields.Length];
    }

    public Entity Entity { get; }

    /// <summary>id → room or null, mdate, key of the creator.</summary>
    public string SelectRow { get; }

    /// <summary>id → mdate.</summary>
    public string SelectMdate { get; }

    /// <summary><c>_binary</c>, then every scalar and single relation in order of declaration.</summary>
    public ImmutableArray<Field> ValueFields { get; }

    /// <summary>id → <see cref="ValueFields" />.</summary>
    public string SelectValues { get; }

    /// <summary>The fields whose values can be of any size.</summary>
    public ImmutableArray<Field> SizedFields { get; }

    /// <summary>id → sizes in bytes of <see cref="SizedFields" />, null where there is no value. Reads no content.</summary>
    public string SelectSizes { get; }

    /// <summary>id → target of a single relation.</summary>
    public string SelectReference(Field field) => _selectReference[field.Index] ??=
        $"""SELECT {Sql.Quote(field.ColumnName)} FROM {Sql.Quote(Entity.TableName)} WHERE "id" = ?1""";

    /// <summary>source, target → a row if the link is present.</summary>
    public string SelectLink(Field field) => _selectLink[field.Index] ??=
        $"""SELECT 1 FROM {Sql.Quote(field.ColumnName)} WHERE "src" = ?1 AND "dest" = ?2""";

    /// <summary>source → targets of a multiple relation.</summary>
    public string SelectLinks(Field field) => _selectLinks[field.Index] ??=
        $"""SELECT "dest" FROM {Sql.Quote(field.ColumnName)} WHERE "src" = ?1 ORDER BY "dest" """;

    /// <summary>target → id, room and creator's key of every row whose relation points at it.</summary>
    public static string SelectSources(Entity entity, Field field)
    {
        string columns = """t."id", t."room_id", u."key" """;
        string user = """JOIN "$user" u ON u."no" = t."$creator" """;
        return field.Type == FieldType.Links
            ? $"""SELECT {columns} FROM {Sql.Quote(field.ColumnName)} l JOIN {Sql.Quote(entity.TableName)} t ON t."id" = l."src" {user} WHERE l."dest" = ?1 ORDER BY t."id" """
            : $"""SELECT {columns} FROM {Sql.Quote(entity.TableName)} t {user} WHERE t.{Sql.Quote(field.ColumnName)} = ?1 ORDER BY t."id" """;
    }
}
