using System.Collections.Immutable;
using System.Text;
using DiscreetDb.Core;
using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>Writes the table of one entity: the only place that inserts, changes and removes its rows.</summary>
internal sealed class EntityTable
{
    private const int FixedParameters = 10;

    // In the order of the parameters, after the id.
    private static readonly string[] FixedColumns = ["room_id", "cdate", "mdate", "$author", "$creator", "$insert", "$newest", "$versions"];

    private readonly Dictionary<string, Field> _byLogName;
    private readonly Dictionary<Field, int> _columnOf = [];
    private readonly Dictionary<string, LinkTable> _links;
    private readonly string _insert;
    private readonly string _selectMeta;
    private readonly string[] _allColumns;
    private readonly string _selectAll;
    private readonly string _delete;
    private readonly string _touch;

    public EntityTable(Entity entity)
    {
        Entity = entity;
        Name = Sql.Quote(entity.TableName);
        Columns = [SystemFields.Binary, .. entity.Fields.Where(field => field.Type != FieldType.Links)];
        _byLogName = Columns.ToDictionary(field => field.LogName, StringComparer.Ordinal);
        for (int i = 0; i < Columns.Length; i++)
        {
            _columnOf.Add(Columns[i], i);
        }

        RequiredColumns = [.. Enumerable.Range(0, Columns.Length).Where(i => Columns[i].IsRequired)];
        _links = entity.Fields
            .Where(field => field.Type == FieldType.Links)
            .ToDictionary(field => field.LogName, field => new LinkTable(entity, field), StringComparer.Ordinal);
        _insert = CreateInsert();
        _selectMeta = $"SELECT room_id, \"$insert\", \"$newest\", \"$versions\", \"$doc\" FROM {Name} WHERE id = ?1";
        _allColumns = [.. FixedColumns, .. Columns.Select(field => field.ColumnName)];
        _selectAll = "SELECT " + string.Join(", ", _allColumns.Select((column, i) => $"{Sql.Quote(column)} IS ?{i + 2}")) + $" FROM {Name} WHERE id = ?1";
        _delete = $"DELETE FROM {Name} WHERE id = ?1";
        _touch = $"UPDATE {Name} SET mdate = ?2, \"$author\" = ?3, \"$newest\" = ?4 WHERE id = ?1";
    }

    public Entity Entity { get; }

    /// <summary>Quoted.</summary>
    public string Name { get; }

    /// <summary><c>_binary</c>, then every declared scalar and single relation.</summary>
    public ImmutableArray<Field> Columns { get; }

    public ImmutableArray<int> RequiredColumns { get; }

    public IEnumerable<LinkTable> Links => _links.Values;

    /// <summary>Finds what holds a value in this table by the name the log uses.</summary>
    public Field? FindField(string logName) => _byLogName.GetValueOrDefault(logName);

    public LinkTable? FindLinks(string logName) => _links.GetValueOrDefault(logName);

    public int ColumnOf(Field field) => _columnOf[field];

    public bool TryReadMeta(Connection connection, Uid row, out RowMeta meta)
    {
        using Statement statement = connection.Prepare(_selectMeta);
        statement.Bind(1, row);
        if (!statement.Step())
        {
            meta = default;
            return false;
        }

        meta = new RowMeta(
            statement.IsNull(0) ? Uid.Zero : statement.GetUid(0),
            new CommitNumber(statement.GetInt64(1)),
            new CommitNumber(statement.GetInt64(2)),
            statement.IsNull(3) ? null : FieldVersions.Decode(statement.GetBlob(3)),
            statement.GetInt64(4));
        return true;
    }

    public void Insert(Connection connection, RowImage row)
    {
        using Statement statement = connection.Prepare(_insert);
        BindFixed(statement, row);
        statement.Bind(FixedParameters, row.Doc);
        for (int i = 0; i < Columns.Length; i++)
        {
            statement.Bind(FixedParameters + 1 + i, ValueFit.Effective(Columns[i], row.Values[i]));
        }

        statement.Run();
    }

    /// <summary>The first column of a stored row that differs from an image of it; null for none.</summary>
    public string? FindDifference(Connection connection, RowImage row)
    {
        using Statement statement = connection.Prepare(_selectAll);
        BindFixed(statement, row);
        for (int i = 0; i < Columns.Length; i++)
        {
            statement.Bind(FixedParameters + i, ValueFit.Effective(Columns[i], row.Values[i]));
        }

        if (!statement.Step())
        {
            return "id";
        }

        for (int i = 0; i < _allColumns.Length; i++)
        {
            if (statement.GetInt64(i) == 0)
            {
                return _allColumns[i];
            }
        }

        return null;
    }

    /// <summary>Sets fields, with everything that follows from it.</summary>
    public void Update(Connection connection, Uid id, RowUpdate update)
    {
        using Statement statement = connection.Prepare(CreateUpdate(update));
        statement.Bind(1, id);
        BindVersions(statement, 2, update.Versions);
        int parameter = 2;
        if (update.Newest is { } newest)
        {
            statement.Bind(++parameter, update.Mdate);
            statement.Bind(++parameter, update.Author);
            statement.Bind(++parameter, newest.Value);
        }

        foreach (FieldAssignment assignment in update.Assignments)
        {
            statement.Bind(++parameter, ValueFit.Effective(assignment.Field, assignment.Value));
        }

        statement.Run();
    }

    /// <summary>Notes the newest operation on a row, when it changed no field.</summary>
    public void Touch(Connection connection, Uid id, long mdate, int author, CommitNumber newest)
    {
        using Statement statement = connection.Prepare(_touch);
        statement.Bind(1, id);
        statement.Bind(2, mdate);
        statement.Bind(3, author);
        statement.Bind(4, newest.Value);
        statement.Run();
    }

    public void Delete(Connection connection, Uid id)
    {
        using Statement statement = connection.Prepare(_delete);
        statement.Bind(1, id);
        statement.Run();
    }

    // The id, then FixedColumns.
    private static void BindFixed(Statement statement, RowImage row)
    {
        statement.Bind(1, row.Id);
        BindRoom(statement, 2, row.Room);
        statement.Bind(3, row.Cdate);
        statement.Bind(4, row.Mdate);
        statement.Bind(5, row.Author);
        statement.Bind(6, row.Creator);
        statement.Bind(7, row.Insert.Value);
        statement.Bind(8, row.Newest.Value);
        BindVersions(statement, 9, row.Versions);
    }

    private static void BindRoom(Statement statement, int parameter, Uid room)
    {
        if (room.IsZero)
        {
            statement.BindNull(parameter);
        }
        else
        {
            statement.Bind(parameter, room);
        }
    }

    private static void BindVersions(Statement statement, int parameter, FieldVersions? versions)
    {
        if (versions is null || versions.IsEmpty)
        {
            statement.BindNull(parameter);
            return;
        }

        using WireWriter writer = new();
        versions.Encode(writer);
        statement.BindBlob(parameter, writer.Written);
    }

    private string CreateInsert() =>
        $"INSERT INTO {Name} (id, room_id, cdate, mdate, \"$author\", \"$creator\", \"$insert\", \"$newest\", \"$versions\", \"$doc\", "
        + string.Join(", ", Columns.Select(field => Sql.Quote(field.ColumnName)))
        + ") VALUES (" + string.Join(", ", Enumerable.Range(1, FixedParameters + Columns.Length).Select(i => $"?{i}")) + ")";

    private string CreateUpdate(RowUpdate update)
    {
        StringBuilder sql = new(256);
        sql.Append("UPDATE ").Append(Name).Append(" SET \"$versions\" = ?2");
        int parameter = 2;
        if (update.Newest is not null)
        {
            sql.Append(", mdate = ?3, \"$author\" = ?4, \"$newest\" = ?5");
            parameter = 5;
        }

        foreach (FieldAssignment assignment in update.Assignments)
        {
            sql.Append(", ").Append(Sql.Quote(assignment.Field.ColumnName)).Append(" = ?").Append(++parameter);
        }

        return sql.Append(" WHERE id = ?1").ToString();
    }
}
