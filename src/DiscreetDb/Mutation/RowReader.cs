using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.Mutation;

/// <summary>What a mutation must know of a row before it changes it. A null room is a local row.</summary>
internal readonly record struct StoredRow(Uid? Room, long Mdate, VerifyingKey Creator);

/// <summary>A row that points at another one.</summary>
internal readonly record struct SourceRow(Uid Id, Uid? Room, VerifyingKey Creator);

/// <summary>Reads rows and links as they are now inside the writer's transaction.</summary>
internal sealed class RowReader(Connection connection, WriteTables tables)
{
    public bool TryFind(Entity entity, Uid id, out StoredRow row)
    {
        using Statement statement = connection.Prepare(tables.Of(entity).SelectRow);
        statement.Bind(1, id);
        if (!statement.Step())
        {
            row = default;
            return false;
        }

        row = new StoredRow(ReadRoom(statement, 0), statement.GetInt64(1), new VerifyingKey(statement.GetBlob(2)));
        return true;
    }

    /// <summary>The date of a row of whichever entity; null if there is none.</summary>
    public long? FindMdate(Uid id)
    {
        foreach (EntityStatements statements in tables.All)
        {
            using Statement statement = connection.Prepare(statements.SelectMdate);
            statement.Bind(1, id);
            if (statement.Step())
            {
                return statement.GetInt64(0);
            }
        }

        return null;
    }

    /// <summary>The target of a single relation, null if it has none.</summary>
    public Uid? Reference(Entity entity, Uid id, Field field)
    {
        using Statement statement = connection.Prepare(tables.Of(entity).SelectReference(field));
        statement.Bind(1, id);
        return statement.Step() && !statement.IsNull(0) ? statement.GetUid(0) : null;
    }

    public bool HasLink(Entity entity, Uid source, Field field, Uid target)
    {
        using Statement statement = connection.Prepare(tables.Of(entity).SelectLink(field));
        statement.Bind(1, source);
        statement.Bind(2, target);
        return statement.Step();
    }

    public List<Uid> Links(Entity entity, Uid source, Field field)
    {
        using Statement statement = connection.Prepare(tables.Of(entity).SelectLinks(field));
        statement.Bind(1, source);
        List<Uid> targets = [];
        while (statement.Step())
        {
            targets.Add(statement.GetUid(0));
        }

        return targets;
    }

    /// <summary>Adds every scalar and single relation of a row that is not null, and <c>_binary</c>.</summary>
    public void ReadValues(Entity entity, Uid id, List<FieldAssignment> values)
    {
        EntityStatements statements = tables.Of(entity);
        using Statement statement = connection.Prepare(statements.SelectValues);
        statement.Bind(1, id);
        if (!statement.Step())
        {
            return;
        }

        for (int column = 0; column < statements.ValueFields.Length; column++)
        {
            if (!statement.IsNull(column))
            {
                Field field = statements.ValueFields[column];
                values.Add(new FieldAssignment(field, ReadValue(field.Type, statement, column)));
            }
        }
    }

    /// <summary>How many bytes the texts, Json and Base64 values of a row have, those of the assigned fields as they will be.</summary>
    public long ContentSizeAfter(Entity entity, Uid id, List<FieldAssignment> assigned)
    {
        EntityStatements statements = tables.Of(entity);
        using Statement statement = connection.Prepare(statements.SelectSizes);
        statement.Bind(1, id);
        statement.Step();
        long size = 0;
        for (int column = 0; column < statements.SizedFields.Length; column++)
        {
            Field field = statements.SizedFields[column];
            int index = assigned.FindIndex(assignment => ReferenceEquals(assignment.Field, field));
            size += index < 0 ? statement.GetInt64(column) : assigned[index].Value.AsBytes.Length;
        }

        return size;
    }

    public List<SourceRow> Sources(IncomingRelation relation, Uid target)
    {
        using Statement statement = connection.Prepare(relation.SelectSources);
        statement.Bind(1, target);
        List<SourceRow> sources = [];
        while (statement.Step())
        {
            sources.Add(new SourceRow(statement.GetUid(0), ReadRoom(statement, 1), new VerifyingKey(statement.GetBlob(2))));
        }

        return sources;
    }

    private static Value ReadValue(FieldType type, Statement statement, int column) => type switch
    {
        FieldType.Integer => Value.Integer(statement.GetInt64(column)),
        FieldType.Float => Value.Float(statement.GetDouble(column)),
        FieldType.Boolean => Value.Boolean(statement.GetInt64(column) != 0),
        FieldType.String => Value.Text(statement.GetText(column).ToArray()),
        FieldType.Json => Value.Json(statement.GetText(column).ToArray()),
        FieldType.Base64 => Value.Bytes(statement.GetBlob(column).ToArray()),
        _ => Value.Reference(statement.GetUid(column)),
    };

    private static Uid? ReadRoom(Statement statement, int column) => statement.IsNull(column) ? null : statement.GetUid(column);
}
