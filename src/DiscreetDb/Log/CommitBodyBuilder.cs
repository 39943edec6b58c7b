using System.Diagnostics;
using DiscreetDb.Core;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Log;

/// <summary>
/// Writes a commit body operation by operation (<c>schema/wire.md</c>, "Commit body"). An operation that would take the
/// commit beyond its bounds is refused and leaves no trace: the caller begins the next commit with it.
/// </summary>
internal sealed class CommitBodyBuilder : IDisposable
{
    // version, and the greatest forms of the two counts
    private const int FrameSizeBytes = 1 + 2 + 2;

    private readonly WireWriter _nameBytes = new();
    private readonly WireWriter _operationBytes = new(capacity: 1024);
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _nameIndexes = new(StringComparer.Ordinal);
    private readonly List<Operation> _operations = [];
    private readonly Dictionary<Entity, EntityNames> _entities = [];

    private EntityNames? _last;

    public int OperationCount => _operations.Count;

    private int SizeBytes => FrameSizeBytes + _nameBytes.Size + _operationBytes.Size;

    /// <summary>Adds an insert; its row id is given, because it derives from the place of the commit.</summary>
    /// <exception cref="DiscreetException">RowTooLarge.</exception>
    public bool TryInsert(Entity entity, Uid row, ReadOnlySpan<FieldAssignment> values)
    {
        Mark mark = Begin(OperationKind.Insert, entity, row, out int entityName);
        int start = _operationBytes.Size;
        WriteFields(values);
        return TryEnd(mark, new Operation(OperationKind.Insert, entityName, row, start, _operationBytes.Size - start, IsErased: false), entity);
    }

    /// <inheritdoc cref="TryInsert" />
    public bool TryUpdate(Entity entity, Uid row, ReadOnlySpan<FieldAssignment> values)
    {
        Debug.Assert(!values.IsEmpty, "An update without values is not an operation.");
        Mark mark = Begin(OperationKind.Update, entity, row, out int entityName);
        int start = _operationBytes.Size;
        WriteFields(values);
        return TryEnd(mark, new Operation(OperationKind.Update, entityName, row, start, _operationBytes.Size - start, IsErased: false), entity);
    }

    public bool TryDelete(Entity entity, Uid row)
    {
        Mark mark = Begin(OperationKind.Delete, entity, row, out int entityName);
        return TryEnd(mark, new Operation(OperationKind.Delete, entityName, row, _operationBytes.Size, 0, IsErased: false), entity);
    }

    /// <summary>Adds a link or an unlink.</summary>
    public bool TryLink(OperationKind kind, Entity entity, Uid row, Field links, Uid target)
    {
        Mark mark = Begin(kind, entity, row, out int entityName);
        int start = _operationBytes.Size;
        _operationBytes.WriteVarUInt((ulong)NameOf(links));
        _operationBytes.WriteUid(target);
        return TryEnd(mark, new Operation(kind, entityName, row, start, _operationBytes.Size - start, IsErased: false), entity);
    }

    /// <summary>The body; the builder may be cleared and used again.</summary>
    public CommitBody Build()
    {
        using WireWriter writer = new(SizeBytes);
        writer.WriteByte(CommitBody.Version);
        writer.WriteVarUInt((ulong)_names.Count);
        writer.WriteRaw(_nameBytes.Written);
        int namesEnd = writer.Size;
        writer.WriteVarUInt((ulong)_operations.Count);
        int offset = writer.Size;
        writer.WriteRaw(_operationBytes.Written);
        Operation[] operations = new Operation[_operations.Count];
        for (int i = 0; i < operations.Length; i++)
        {
            operations[i] = _operations[i] with { ValuesStart = _operations[i].ValuesStart + offset };
        }

        return new CommitBody(writer.ToArray(), [.. _names], namesEnd, operations);
    }

    public void Clear()
    {
        _nameBytes.Clear();
        _operationBytes.Clear();
        _names.Clear();
        _nameIndexes.Clear();
        _operations.Clear();
        _entities.Clear();
        _last = null;
    }

    public void Dispose()
    {
        _nameBytes.Dispose();
        _operationBytes.Dispose();
    }

    private Mark Begin(OperationKind kind, Entity entity, Uid row, out int entityName)
    {
        Mark mark = new(_names.Count, _nameBytes.Size, _operationBytes.Size);
        _operationBytes.WriteByte((byte)kind);
        entityName = NameOf(entity);
        _operationBytes.WriteVarUInt((ulong)entityName);
        if (kind != OperationKind.Insert)
        {
            _operationBytes.WriteUid(row);
        }

        return mark;
    }

    private bool TryEnd(Mark mark, in Operation operation, Entity entity)
    {
        if (operation.ValuesSize > Limits.RowSizeBytes)
        {
            Rewind(mark);
            throw new DiscreetException(
                ErrorCode.RowTooLarge,
                $"A row of {entity.CanonicalName} would have {operation.ValuesSize} bytes; a row has at most {Limits.RowSizeBytes}. Store large content in parts, or outside the database.");
        }

        if (_operations.Count == Limits.CommitOperationCount || SizeBytes > CommitBody.MaxSizeBytes || _names.Count > Limits.CommitNameCount)
        {
            Rewind(mark);
            return false;
        }

        _operations.Add(operation);
        return true;
    }

    private void Rewind(Mark mark)
    {
        for (int i = mark.NameCount; i < _names.Count; i++)
        {
            _nameIndexes.Remove(_names[i]);
        }

        _names.RemoveRange(mark.NameCount, _names.Count - mark.NameCount);
        _nameBytes.Truncate(mark.NameSize);
        _operationBytes.Truncate(mark.OperationSize);
        _entities.Clear();
        _last = null;
    }

    // Values are written in ascending order of their names' indexes, which makes a field given twice impossible.
    private void WriteFields(ReadOnlySpan<FieldAssignment> values)
    {
        _operationBytes.WriteVarUInt((ulong)values.Length);
        Span<int> names = values.Length <= 64 ? stackalloc int[values.Length] : new int[values.Length];
        bool isAscending = true;
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = NameOf(values[i].Field);
            isAscending &= i == 0 || names[i] > names[i - 1];
        }

        if (isAscending)
        {
            for (int i = 0; i < names.Length; i++)
            {
                WriteField(names[i], values[i].Value);
            }

            return;
        }

        Span<int> order = values.Length <= 64 ? stackalloc int[values.Length] : new int[values.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        names.Sort(order);
        for (int i = 0; i < names.Length; i++)
        {
            if (i > 0 && names[i] == names[i - 1])
            {
                throw new ArgumentException($"The field {values[order[i]].Field} is given twice.", nameof(values));
            }

            WriteField(names[i], values[order[i]].Value);
        }
    }

    private void WriteField(int name, in Value value)
    {
        _operationBytes.WriteVarUInt((ulong)name);
        _operationBytes.WriteValue(value);
    }

    private int NameOf(Entity entity)
    {
        if (_last?.Entity != entity && !_entities.TryGetValue(entity, out _last))
        {
            _last = new EntityNames(entity, NameOf(entity.LogName));
            _entities.Add(entity, _last);
        }

        return _last.Name;
    }

    // Only called for fields of the entity named last.
    private int NameOf(Field field)
    {
        if (field.Index < 0)
        {
            return NameOf(field.LogName);
        }

        ref int known = ref _last!.Fields[field.Index];
        if (known == 0)
        {
            known = NameOf(field.LogName) + 1;
        }

        return known - 1;
    }

    private int NameOf(string name)
    {
        if (_nameIndexes.TryGetValue(name, out int index))
        {
            return index;
        }

        if (System.Text.Encoding.UTF8.GetByteCount(name) > Limits.NameSizeBytes)
        {
            throw new DiscreetException(ErrorCode.TooComplex, $"The name `{name}` is longer than {Limits.NameSizeBytes} bytes and cannot be written to the log.");
        }

        index = _names.Count;
        _names.Add(name);
        _nameIndexes.Add(name, index);
        _nameBytes.WriteText(name);
        return index;
    }

    /// <summary>The numbers of an entity's names in this commit; of a field one more, so that 0 means none yet.</summary>
    private sealed class EntityNames(Entity entity, int name)
    {
        public Entity Entity { get; } = entity;

        public int Name { get; } = name;

        public int[] Fields { get; } = new int[entity.Fields.Length];
    }

    private readonly record struct Mark(int NameCount, int NameSize, int OperationSize);
}
