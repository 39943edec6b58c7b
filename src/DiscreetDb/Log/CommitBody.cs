using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;

namespace DiscreetDb.Log;

/// <summary>
/// The operations of a commit, as stored and sent (<c>schema/wire.md</c>, "Commit body"): the names of entities and fields
/// once, then each operation with its values. Immutable; decoding accepts exactly what <see cref="CommitBodyBuilder" />
/// and <see cref="Erase" /> write.
/// </summary>
internal sealed class CommitBody
{
    public const byte Version = 1;

    /// <summary>Less than a commit, so that what travels with the body fits one frame too.</summary>
    public const int MaxSizeBytes = Limits.CommitSizeBytes - 1024;

    // kind, entity index, row id, hash of the values
    private const int OperationHeaderSizeBytes = 1 + sizeof(ushort) + Uid.SizeBytes + Hash256.SizeBytes;

    private readonly string[] _names;
    private readonly Operation[] _operations;
    private readonly int _namesEnd;

    internal CommitBody(ReadOnlyMemory<byte> bytes, string[] names, int namesEnd, Operation[] operations)
    {
        Bytes = bytes;
        _names = names;
        _namesEnd = namesEnd;
        _operations = operations;
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    public ReadOnlySpan<string> Names => _names;

    public ReadOnlySpan<Operation> Operations => _operations;

    public string EntityOf(in Operation operation) => _names[operation.EntityName];

    /// <summary>Reads a body; never throws.</summary>
    public static bool TryDecode(
        ReadOnlyMemory<byte> bytes, in CommitPosition position, [NotNullWhen(true)] out CommitBody? body, out CommitFault fault) =>
        new CommitBodyDecoder(bytes, position).TryDecode(out body, out fault);

    /// <summary>Reads the values of an insert or an update that still has them.</summary>
    public FieldValueReader ReadValues(in Operation operation) =>
        new(operation.IsErased || operation.Kind is not (OperationKind.Insert or OperationKind.Update)
            ? default
            : Bytes.Slice(operation.ValuesStart, operation.ValuesSize));

    /// <summary>The field and target of a link or unlink; false when they were erased.</summary>
    public bool TryReadLink(in Operation operation, [NotNullWhen(true)] out string? field, out Uid target)
    {
        field = null;
        target = default;
        if (operation.IsErased || !operation.IsLink)
        {
            return false;
        }

        WireReader reader = new(Bytes.Span.Slice(operation.ValuesStart, operation.ValuesSize));
        reader.TryReadVarUInt(out ulong name);
        field = _names[name];
        return reader.TryReadUid(out target);
    }

    /// <summary>The root the header carries: over the names and every operation hash, whether values were erased or not.</summary>
    public Hash256 ComputeRoot()
    {
        int count = _operations.Length;
        byte[] hashes = ArrayPool<byte>.Shared.Rent((count + 1) * Hash256.SizeBytes);
        try
        {
            Blake3.Hash(Bytes.Span[1.._namesEnd], hashes.AsSpan(0, Hash256.SizeBytes));
            HashOperations(hashes.AsSpan(Hash256.SizeBytes, count * Hash256.SizeBytes));
            return Blake3.Hash(hashes.AsSpan(0, (count + 1) * Hash256.SizeBytes));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(hashes);
        }
    }

    /// <summary>The hash of one operation: what values that are missing are asked for by.</summary>
    public Hash256 ComputeOperationHash(int index)
    {
        Span<byte> hashes = stackalloc byte[Hash256.SizeBytes];
        CommitBody single = new(Bytes, _names, _namesEnd, [_operations[index]]);
        single.HashOperations(hashes);
        return new Hash256(hashes);
    }

    /// <summary>The same commit without the values of the operations on these rows; the same object when there are none.</summary>
    public CommitBody Erase(IReadOnlySet<Uid> rows)
    {
        if (!HasValuesOf(rows))
        {
            return this;
        }

        using WireWriter writer = new(Bytes.Length);
        Operation[] operations = new Operation[_operations.Length];
        int copied = 0;
        for (int i = 0; i < operations.Length; i++)
        {
            ref readonly Operation operation = ref _operations[i];
            CopyUpToValues(writer, operation, copied, out int kindAt);
            copied = operation.ValuesStart + operation.ValuesSize;
            operations[i] = WriteValues(writer, operation, kindAt, rows);
        }

        writer.WriteRaw(Bytes.Span[copied..]);
        return new CommitBody(writer.ToArray(), _names, _namesEnd, operations);
    }

    private bool HasValuesOf(IReadOnlySet<Uid> rows)
    {
        foreach (ref readonly Operation operation in _operations.AsSpan())
        {
            if (!operation.IsErased && operation.Kind != OperationKind.Delete && rows.Contains(operation.Row))
            {
                return true;
            }
        }

        return false;
    }

    private void CopyUpToValues(WireWriter writer, in Operation operation, int copied, out int kindAt)
    {
        kindAt = writer.Size + OperationStart(operation) - copied;
        writer.WriteRaw(Bytes.Span[copied..operation.ValuesStart]);
    }

    private Operation WriteValues(WireWriter writer, in Operation operation, int kindAt, IReadOnlySet<Uid> rows)
    {
        ReadOnlySpan<byte> values = Bytes.Span.Slice(operation.ValuesStart, operation.ValuesSize);
        int start = writer.Size;
        if (operation.IsErased || operation.Kind == OperationKind.Delete || !rows.Contains(operation.Row))
        {
            writer.WriteRaw(values);
            return operation with { ValuesStart = start };
        }

        writer.WrittenSlice(kindAt, 1)[0] |= CommitBodyDecoder.ErasedFlag;
        writer.WriteHash(Blake3.Hash(values));
        return operation with { ValuesStart = start, ValuesSize = Hash256.SizeBytes, IsErased = true };
    }

    private static int OperationStart(in Operation operation)
    {
        int entitySize = operation.EntityName < 0x80 ? 1 : 2;
        int rowSize = operation.Kind == OperationKind.Insert ? 0 : Uid.SizeBytes;
        return operation.ValuesStart - rowSize - entitySize - 1;
    }

    private void HashOperations(Span<byte> hashes)
    {
        int count = _operations.Length;
        int valuesSize = 0;
        foreach (ref readonly Operation operation in _operations.AsSpan())
        {
            valuesSize += operation.ValuesSize;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(valuesSize, count * OperationHeaderSizeBytes));
        int[] sizes = ArrayPool<int>.Shared.Rent(count);
        try
        {
            GatherValues(buffer, sizes);
            Blake3.HashMany(buffer.AsSpan(0, valuesSize), sizes.AsSpan(0, count), hashes);
            WriteOperationHeaders(hashes, buffer, sizes);
            Blake3.HashMany(buffer.AsSpan(0, count * OperationHeaderSizeBytes), sizes.AsSpan(0, count), hashes);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(sizes);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void GatherValues(byte[] buffer, int[] sizes)
    {
        ReadOnlySpan<byte> body = Bytes.Span;
        int size = 0;
        for (int i = 0; i < _operations.Length; i++)
        {
            ref readonly Operation operation = ref _operations[i];
            sizes[i] = operation.ValuesSize;
            body.Slice(operation.ValuesStart, operation.ValuesSize).CopyTo(buffer.AsSpan(size));
            size += operation.ValuesSize;
        }
    }

    private void WriteOperationHeaders(ReadOnlySpan<byte> valueHashes, byte[] buffer, int[] sizes)
    {
        ReadOnlySpan<byte> body = Bytes.Span;
        for (int i = 0; i < _operations.Length; i++)
        {
            ref readonly Operation operation = ref _operations[i];
            Span<byte> header = buffer.AsSpan(i * OperationHeaderSizeBytes, OperationHeaderSizeBytes);
            header[0] = (byte)operation.Kind;
            System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(header[1..], (ushort)operation.EntityName);
            operation.Row.CopyTo(header[3..]);
            ReadOnlySpan<byte> valuesHash = operation.IsErased
                ? body.Slice(operation.ValuesStart, Hash256.SizeBytes)
                : valueHashes.Slice(i * Hash256.SizeBytes, Hash256.SizeBytes);
            valuesHash.CopyTo(header[19..]);
            sizes[i] = OperationHeaderSizeBytes;
        }
    }
}
