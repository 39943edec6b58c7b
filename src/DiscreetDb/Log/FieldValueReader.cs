using DiscreetDb.Core;

namespace DiscreetDb.Log;

/// <summary>Reads the values of one operation of a body that was decoded already, in ascending order of their names.</summary>
internal ref struct FieldValueReader
{
    private WireReader _reader;
    private int _left;

    public FieldValueReader(ReadOnlyMemory<byte> values)
    {
        _reader = new WireReader(values);
        _left = values.IsEmpty || !_reader.TryReadVarUInt(out ulong count) ? 0 : (int)count;
    }

    /// <summary>The index of the field's name in the body, and the value; its bytes are a slice of the body.</summary>
    public bool TryRead(out int name, out Value value)
    {
        name = 0;
        value = default;
        if (_left == 0 || !_reader.TryReadVarUInt(out ulong index))
        {
            return false;
        }

        _left--;
        name = (int)index;
        return _reader.TryReadValue(out value);
    }
}
