using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;
using DiscreetDb.Rooms;

namespace DiscreetDb.Log;

/// <summary>
/// The body of a rights commit (<c>schema/wire.md</c>, "Rights operations"): no names, and operations whose values are a
/// <see cref="RightsPayload" />. The id of an entry derives from its place, like a row's.
/// </summary>
internal static class RightsBody
{
    /// <summary>Composes the body of a commit whose entries have these ids.</summary>
    public static CommitBody Build(ReadOnlySpan<RightsOperation> operations, ReadOnlySpan<Uid> entries)
    {
        using WireWriter writer = new();
        using WireWriter payload = new();
        writer.WriteByte(CommitBody.Version);
        writer.WriteVarUInt(0);
        int namesEnd = writer.Size;
        writer.WriteVarUInt((ulong)operations.Length);
        Operation[] written = new Operation[operations.Length];
        for (int i = 0; i < operations.Length; i++)
        {
            payload.Clear();
            RightsPayload.Write(operations[i], entries, payload);
            byte kind = RightsPayload.KindOf(operations[i]);
            writer.WriteByte(kind);
            writer.WriteBlock(payload.Written);
            written[i] = new Operation((OperationKind)kind, 0, Uid.Zero, writer.Size - payload.Size, payload.Size, IsErased: false);
        }

        return new CommitBody(writer.ToArray(), [], namesEnd, written);
    }

    /// <summary>Ids of the first entries of a rights commit at this place; the room of a genesis commit is that of its id.</summary>
    public static Uid[] EntriesOf(in CommitPosition position, int count)
    {
        Uid[] entries = new Uid[count];
        for (int i = 0; i < count; i++)
        {
            entries[i] = RowId.DeriveEntry(position, i);
        }

        return entries;
    }

    /// <summary>
    /// Reads the operations; one of a kind this engine does not know is <see cref="RightsOperation.Unknown" />. False if
    /// one that is known is malformed.
    /// </summary>
    public static bool TryRead(CommitBody body, in CommitPosition position, out ImmutableArray<RightsOperation> operations)
    {
        ReadOnlySpan<Operation> stored = body.Operations;
        Uid[] entries = EntriesOf(position, stored.Length);
        byte[] kinds = new byte[stored.Length];
        for (int i = 0; i < kinds.Length; i++)
        {
            kinds[i] = (byte)stored[i].Kind;
        }

        RightsOperation[] read = new RightsOperation[stored.Length];
        for (int i = 0; i < read.Length; i++)
        {
            if (kinds[i] > RightsPayload.LastKind)
            {
                read[i] = new RightsOperation.Unknown(kinds[i]);
            }
            else if (TryRead(body, i, entries, kinds, out RightsOperation? operation))
            {
                read[i] = operation;
            }
            else
            {
                operations = [];
                return false;
            }
        }

        operations = [.. read];
        return true;
    }

    private static bool TryRead(CommitBody body, int index, Uid[] entries, byte[] kinds, [NotNullWhen(true)] out RightsOperation? operation)
    {
        Operation stored = body.Operations[index];
        ReadOnlySpan<byte> payload = body.Bytes.Span.Slice(stored.ValuesStart, stored.ValuesSize);
        return RightsPayload.TryRead(kinds[index], payload, index, entries, kinds, out operation);
    }
}
