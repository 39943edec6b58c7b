using System.Buffers.Binary;
using System.Text;
using DiscreetDb.Core;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Query.Model;
using DiscreetDb.Query.Parameters;
using DiscreetDb.Storage;

namespace DiscreetDb.EngineTests.Query;

/// <summary>Rows of a <c>mutate</c> text straight into projection tables: insertions, links and references, nothing else.</summary>
internal sealed class RowFixture(DataModel model, FullText fullText)
{
    private int _rowCount;
    private long _date = 1_000;
    private MutationDocument _document = null!;
    private WriteTransaction _transaction = null!;
    private Parameters? _parameters;

    public Dictionary<string, Uid> Insert(WriteTransaction transaction, string mutation, Parameters? parameters)
    {
        _transaction = transaction;
        _document = DialectParser.ParseMutation(Encoding.UTF8.GetBytes(mutation));
        _parameters = parameters;
        _date++;
        Dictionary<string, Uid> ids = [];
        foreach (MutationRoot root in _document.Roots)
        {
            Entity entity = model.ResolveEntity(root.Entity, _document.Source);
            ids.Add(root.Alias?.Text ?? root.Entity.AsTyped, Write(entity, root.Object));
        }

        return ids;
    }

    private Uid Write(Entity entity, SyntaxValue.Object item)
    {
        if (item.Assignments is [{ Field.Text: "id" } reference])
        {
            return Read(SystemFields.Id, reference.Value).AsUid;
        }

        Uid id = NextId();
        Dictionary<Field, Value> values = entity.Fields
            .Where(field => field.Type != FieldType.Links)
            .ToDictionary(field => field, field => field.Default ?? Value.Null);
        Value room = Value.Null;
        Value binary = Value.Null;
        foreach (Assignment assignment in item.Assignments)
        {
            Field field = entity.ResolveField(assignment.Field, _document.Source);
            switch (field)
            {
                case { System: SystemField.RoomId }:
                    room = Read(field, assignment.Value);
                    break;
                case { System: SystemField.Binary }:
                    binary = Read(field, assignment.Value);
                    break;
                case { Type: FieldType.Links }:
                    foreach (SyntaxValue.Object target in ((SyntaxValue.List)assignment.Value).Items)
                    {
                        Link(field, id, Write(field.Target!, target));
                    }

                    break;
                case { Type: FieldType.Reference }:
                    values[field] = Value.Reference(Write(field.Target!, (SyntaxValue.Object)assignment.Value));
                    break;
                default:
                    values[field] = Read(field, assignment.Value);
                    break;
            }
        }

        Insert(entity, id, [(SystemFields.RoomId, room), (SystemFields.Binary, binary), .. values.Select(pair => (pair.Key, pair.Value))]);
        return id;
    }

    private Value Read(Field field, SyntaxValue value)
    {
        VariableType type = VariableType.Of(field);
        switch (value)
        {
            case SyntaxValue.Null:
                return Value.Null;
            case SyntaxValue.Variable variable:
                VariableTable.Builder builder = new(_document.Source);
                builder.Add(variable, type);
                return ParameterBinder.Bind(builder.Build(), _parameters)[0];
            default:
                return new LiteralReader(_document.Source).Read(value, type, field.Name);
        }
    }

    private void Insert(Entity entity, Uid id, List<(Field Field, Value Value)> values)
    {
        string columns = string.Concat(values.Select(value => $", \"{value.Field.ColumnName}\""));
        string parameters = string.Concat(values.Select((_, index) => $", ?{index + 4}"));
        using Statement insert = _transaction.Connection.Prepare(
            $"INSERT INTO \"{entity.TableName}\" (id, cdate, mdate, \"$author\", \"$creator\", \"$insert\", \"$newest\", \"$doc\"{columns}) "
            + $"VALUES (?1, ?2, ?2, 1, 1, 1, 1, ?3{parameters})");
        insert.Bind(1, id);
        insert.Bind(2, _date);
        insert.Bind(3, fullText.NextDoc(_transaction, entity.TableName));

        for (int i = 0; i < values.Count; i++)
        {
            insert.Bind(i + 4, values[i].Value);
        }

        insert.Run();
    }

    private void Link(Field field, Uid source, Uid target)
    {
        using Statement link = _transaction.Connection.Prepare($"INSERT OR IGNORE INTO \"{field.ColumnName}\" (src, dest, \"$commit\") VALUES (?1, ?2, 1)");
        link.Bind(1, source);
        link.Bind(2, target);
        link.Run();
    }

    private Uid NextId()
    {
        byte[] bytes = new byte[Uid.SizeBytes];
        BinaryPrimitives.WriteInt32BigEndian(bytes, ++_rowCount);
        return new Uid(bytes);
    }
}
