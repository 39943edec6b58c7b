using System.Diagnostics.CodeAnalysis;
using System.Text;
using DiscreetDb.Core;
using DiscreetDb.Rooms;

namespace DiscreetDb.Log;

/// <summary>
/// Decodes a commit body (<c>schema/wire.md</c>, "Commit body") from bytes that may come from anybody. Refuses whatever
/// the encoder cannot have written: names that are empty, double, unused or not in order of first use; values not in
/// order of their names; operations without effect; anything beyond the bounds; anything left over.
/// </summary>
internal ref struct CommitBodyDecoder
{
    public const byte ErasedFlag = 0x80;

    private const int MinOperationSizeBytes = 3;

    private const int MinRightsOperationSizeBytes = 2;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly CommitPosition _position;
    private WireReader _reader;
    private string[] _names = [];
    private int _nextName;
    private bool _hasErased;
    private CommitFault _fault;

    public CommitBodyDecoder(ReadOnlyMemory<byte> bytes, in CommitPosition position)
    {
        _bytes = bytes;
        _position = position;
        _reader = new WireReader(bytes);
    }

    public bool TryDecode([NotNullWhen(true)] out CommitBody? body, out CommitFault fault)
    {
        body = null;
        _fault = CommitFault.Malformed;
        if (TryDecodeCore(out CommitBody? decoded))
        {
            body = decoded;
            fault = CommitFault.None;
            return true;
        }

        fault = _fault;
        return false;
    }

    private bool TryDecodeCore([NotNullWhen(true)] out CommitBody? body)
    {
        body = null;
        if (_bytes.Length > CommitBody.MaxSizeBytes)
        {
            return Refuse(CommitFault.TooLarge);
        }

        if (!_reader.TryReadByte(out byte version))
        {
            return false;
        }

        if (version != CommitBody.Version)
        {
            return Refuse(CommitFault.UnknownVersion);
        }

        if (!TryReadNames())
        {
            return false;
        }

        int namesEnd = _reader.Position;
        if (!TryReadOperations(out Operation[] operations) || !_reader.IsComplete || !AllNamesAreUsed)
        {
            return false;
        }

        body = new CommitBody(_bytes, _names, namesEnd, operations);
        return true;
    }

    private readonly bool IsRights => _position.Kind == CommitKind.Rights;

    private readonly bool AllNamesAreUsed => _hasErased || _nextName == _names.Length;

    private bool TryReadNames()
    {
        if (!_reader.TryReadCount(Limits.CommitNameCount, 2, out int count))
        {
            return false;
        }

        _names = new string[count];
        HashSet<string> seen = new(count, StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            if (!_reader.TryReadText(Limits.NameSizeBytes, out ReadOnlySpan<byte> utf8) || utf8.IsEmpty)
            {
                return false;
            }

            _names[i] = Encoding.UTF8.GetString(utf8);
            if (!seen.Add(_names[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryReadOperations(out Operation[] operations)
    {
        operations = [];
        int minSize = IsRights ? MinRightsOperationSizeBytes : MinOperationSizeBytes;
        if (!_reader.TryReadCount(Limits.CommitOperationCount, minSize, out int count) || (count == 0 && !IsRights))
        {
            return false;
        }

        operations = new Operation[count];
        for (int i = 0; i < count; i++)
        {
            if (!(IsRights ? TryReadRightsOperation(out operations[i]) : TryReadOperation(i, out operations[i])))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryReadOperation(int index, out Operation operation)
    {
        operation = default;
        if (!_reader.TryReadByte(out byte number))
        {
            return false;
        }

        bool isErased = (number & ErasedFlag) != 0;
        OperationKind kind = (OperationKind)(number & ~ErasedFlag);
        if (kind is < OperationKind.Insert or > OperationKind.Unlink)
        {
            return Refuse(CommitFault.UnknownOperation);
        }

        if ((isErased && kind == OperationKind.Delete) || !TryReadName(out int entity) || !TryReadRow(kind, index, out Uid row))
        {
            return false;
        }

        int start = _reader.Position;
        if (!(isErased ? TrySkipErased() : TrySkipValues(kind)))
        {
            return false;
        }

        int size = _reader.Position - start;
        operation = new Operation(kind, entity, row, start, size, isErased);
        return size <= Limits.RowSizeBytes || Refuse(CommitFault.RowTooLarge);
    }

    // The payload is read when the rights of its room are: a newer kind is passed on, and counts for those who know it.
    private bool TryReadRightsOperation(out Operation operation)
    {
        operation = default;
        if (!_reader.TryReadByte(out byte kind) || kind < RightsPayload.FirstKind || (kind & ErasedFlag) != 0)
        {
            return Refuse(CommitFault.UnknownOperation);
        }

        if (!_reader.TryReadBlock(Limits.RowSizeBytes, out ReadOnlySpan<byte> payload))
        {
            return false;
        }

        operation = new Operation((OperationKind)kind, 0, Uid.Zero, _reader.Position - payload.Length, payload.Length, IsErased: false);
        return true;
    }

    private bool TryReadRow(OperationKind kind, int index, out Uid row)
    {
        if (kind != OperationKind.Insert)
        {
            return _reader.TryReadUid(out row);
        }

        row = RowId.Derive(_position, index);
        return true;
    }

    private bool TrySkipErased()
    {
        _hasErased = true;
        return _reader.TryReadHash(out _);
    }

    private bool TrySkipValues(OperationKind kind) => kind switch
    {
        OperationKind.Insert => TrySkipFields(minCount: 0),
        OperationKind.Update => TrySkipFields(minCount: 1),
        OperationKind.Delete => true,
        _ => TryReadName(out _) && _reader.TryReadUid(out _),
    };

    private bool TrySkipFields(int minCount)
    {
        if (!_reader.TryReadCount(Limits.FieldCount + 1, 2, out int count) || count < minCount)
        {
            return false;
        }

        int previous = -1;
        for (int i = 0; i < count; i++)
        {
            if (!TryReadName(out int name) || name <= previous || !_reader.TryReadValue(out _))
            {
                return false;
            }

            previous = name;
        }

        return true;
    }

    // Names are numbered in the order of their first use; where values were erased, their uses are not seen any more.
    private bool TryReadName(out int name)
    {
        name = 0;
        if (!_reader.TryReadVarUInt(out ulong index) || index >= (ulong)_names.Length)
        {
            return false;
        }

        name = (int)index;
        if (name > _nextName && !_hasErased)
        {
            return false;
        }

        _nextName = Math.Max(_nextName, name + 1);
        return true;
    }

    private bool Refuse(CommitFault fault)
    {
        _fault = fault;
        return false;
    }
}
