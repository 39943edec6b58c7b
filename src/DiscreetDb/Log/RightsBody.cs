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

    /// <summary>How many of these operations one commit takes, at least one.</summary>
    public static int CountThatFits(ReadOnlySpan<RightsOperation> operations)
    {
        // The kind, and the greatest form of the size.
        const int FrameSizeBytes = 1 + 3;
        using WireWriter payload = new();
        int sizeBytes = 0;
        int count = 0;
        while (count < operations.Length && count < Limits.CommitOperationCount)
        {
            payload.Clear();
            RightsPayload.Write(operations[count], [], payload);
            sizeBytes += FrameSizeBytes + payload.Size;
            if (sizeBytes > CommitBody.MaxSizeBytes - 8 && count > 0)
            {
                break;
            }

            count++;
        }

        return count;
    }

    /// <inheritdoc cref="TryRead(CommitBody, in CommitPosition, Hash256, VerifyingKey, ReadOnlySpan{Hash256}, out RightsCommit)" />
    public static bool TryRead(Commit commit, VerifyingKey author, [NotNullWhen(true)] out RightsCommit? rights) =>
        TryRead(commit.Body, commit.Position, commit.Id, author, commit.Header.Heads.Span, out rights);

    /// <summary>Reads a commit whose signature and chain are verified; false if an operation is malformed.</summary>
    public static bool TryRead(
        CommitBody body, in CommitPosition position, Hash256 id, VerifyingKey author, ReadOnlySpan<Hash256> heads, [NotNullWhen(true)] out RightsCommit? commit)
    {
        commit = TryRead(body, position, out ImmutableArray<RightsOperation> operations)
            ? new RightsCommit(id, author, position.Device, [.. heads], operations) { Sequence = position.Sequence, Hlc = position.Hlc }
            : null;
        return commit is not null;
    }

    /// <summary>Whether the first operation founds a room, by its kind.</summary>
    public static bool BeginsWithGenesis(CommitBody body) =>
        body.Operations.Length > 0 && (byte)body.Operations[0].Kind == RightsPayload.FirstKind;

    private static bool TryRead(CommitBody body, int index, Uid[] entries, byte[] kinds, [NotNullWhen(true)] out RightsOperation? operation)
    {
        Operation stored = body.Operations[index];
        ReadOnlySpan<byte> payload = body.Bytes.Span.Slice(stored.ValuesStart, stored.ValuesSize);
        return RightsPayload.TryRead(kinds[index], payload, index, entries, kinds, out operation);
    }
}
