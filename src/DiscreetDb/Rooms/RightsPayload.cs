using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using DiscreetDb.Core;

namespace DiscreetDb.Rooms;

/// <summary>
/// Bytes of one operation of a rights commit (<c>schema/wire.md</c>, "Rights operations"). Reading is total, bounded and
/// accepts exactly what writing produces: lists ascend strictly, a flag is 0 or 1, nothing is left over. An authorisation
/// added by the same commit is named by the index of its operation, because its id derives from the commit.
/// </summary>
internal static class RightsPayload
{
    /// <summary>Smallest number of an operation of rights; data operations lie below.</summary>
    public const byte FirstKind = 16;

    public const byte LastKind = 22;

    public const int NonceSizeBytes = 16;

    private const byte GenesisKind = 16;
    private const byte SetUserKind = 17;
    private const byte AddAuthorisationKind = 18;
    private const byte NameAuthorisationKind = 19;
    private const byte SetRightKind = 20;
    private const byte AdmitCommitsKind = 21;
    private const byte RevokeDeviceKind = 22;

    private const int PositionSizeBytes = Uid.SizeBytes + 1 + Hash256.SizeBytes;

    public static byte KindOf(RightsOperation operation) => operation switch
    {
        RightsOperation.Genesis => GenesisKind,
        RightsOperation.SetUser => SetUserKind,
        RightsOperation.AddAuthorisation => AddAuthorisationKind,
        RightsOperation.NameAuthorisation => NameAuthorisationKind,
        RightsOperation.SetRight => SetRightKind,
        RightsOperation.AdmitCommits => AdmitCommitsKind,
        RightsOperation.RevokeDevice => RevokeDeviceKind,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Writes the bytes behind the kind.</summary>
    /// <param name="operation">What to write.</param>
    /// <param name="entries">Ids of the operations of the same commit, by index.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(RightsOperation operation, ReadOnlySpan<Uid> entries, WireWriter writer)
    {
        switch (operation)
        {
            case RightsOperation.Genesis genesis:
                WriteKey(genesis.Creator, writer);
                writer.WriteRaw(genesis.Nonce.Span);
                break;
            case RightsOperation.SetUser set:
                writer.WriteByte((byte)set.List);
                if (set.List != UserList.Admin)
                {
                    WriteAuthorisation(set.Authorisation, entries, writer);
                }

                WriteKey(set.User, writer);
                writer.WriteByte(set.IsEnabled ? (byte)1 : (byte)0);
                WritePositions(set.CutOffs, writer);
                break;
            case RightsOperation.AddAuthorisation added:
                writer.WriteText(added.Name);
                break;
            case RightsOperation.NameAuthorisation named:
                WriteAuthorisation(named.Authorisation, entries, writer);
                writer.WriteText(named.Name);
                break;
            case RightsOperation.SetRight set:
                WriteAuthorisation(set.Authorisation, entries, writer);
                writer.WriteText(set.Entity);
                writer.WriteByte((byte)((set.MutateSelf ? 1 : 0) | (set.MutateAll ? 2 : 0)));
                WritePositions(set.CutOffs, writer);
                break;
            case RightsOperation.AdmitCommits admitted:
                WritePositions(admitted.Data, writer);
                writer.WriteVarUInt((ulong)admitted.Rights.Length);
                foreach (Hash256 id in admitted.Rights)
                {
                    writer.WriteHash(id);
                }

                break;
            case RightsOperation.RevokeDevice revoked:
                WritePosition(revoked.End, writer);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Reads the bytes behind the kind; false for anything <see cref="Write" /> does not produce.</summary>
    /// <param name="kind">Number of the operation.</param>
    /// <param name="payload">All its bytes.</param>
    /// <param name="index">Which operation of the commit it is.</param>
    /// <param name="entries">Ids of the operations of the commit, by index.</param>
    /// <param name="kinds">Kinds of the operations of the commit, by index.</param>
    /// <param name="operation">What was read.</param>
    public static bool TryRead(
        byte kind, ReadOnlySpan<byte> payload, int index, ReadOnlySpan<Uid> entries, ReadOnlySpan<byte> kinds,
        [NotNullWhen(true)] out RightsOperation? operation)
    {
        WireReader reader = new(payload);
        operation = kind switch
        {
            GenesisKind => ReadGenesis(ref reader),
            SetUserKind => ReadSetUser(ref reader, entries, kinds),
            AddAuthorisationKind => TryReadName(ref reader, out string? name) ? new RightsOperation.AddAuthorisation(entries[index], name) : null,
            NameAuthorisationKind => ReadNameAuthorisation(ref reader, entries, kinds),
            SetRightKind => ReadSetRight(ref reader, entries, kinds),
            AdmitCommitsKind => ReadAdmitCommits(ref reader),
            RevokeDeviceKind => TryReadPosition(ref reader, out LogPosition end) ? new RightsOperation.RevokeDevice(end) : null,
            _ => null,
        };
        if (!reader.IsComplete)
        {
            operation = null;
        }

        return operation is not null;
    }

    private static RightsOperation.Genesis? ReadGenesis(ref WireReader reader) =>
        TryReadKey(ref reader, out VerifyingKey creator) && reader.TryReadRaw(NonceSizeBytes, out ReadOnlySpan<byte> nonce)
            ? new RightsOperation.Genesis(creator, nonce.ToArray())
            : null;

    private static RightsOperation.SetUser? ReadSetUser(ref WireReader reader, ReadOnlySpan<Uid> entries, ReadOnlySpan<byte> kinds)
    {
        Uid authorisation = Uid.Zero;
        return reader.TryReadByte(out byte list) && list <= (byte)UserList.UserAdmin
            && (list == (byte)UserList.Admin || TryReadAuthorisation(ref reader, entries, kinds, out authorisation))
            && TryReadKey(ref reader, out VerifyingKey user)
            && reader.TryReadBoolean(out bool isEnabled)
            && TryReadPositions(ref reader, out ImmutableArray<LogPosition> cutOffs)
            && (!isEnabled || cutOffs.IsEmpty)
            ? new RightsOperation.SetUser((UserList)list, authorisation, user, isEnabled, cutOffs)
            : null;
    }

    private static RightsOperation.NameAuthorisation? ReadNameAuthorisation(
        ref WireReader reader, ReadOnlySpan<Uid> entries, ReadOnlySpan<byte> kinds) =>
        TryReadAuthorisation(ref reader, entries, kinds, out Uid authorisation) && TryReadName(ref reader, out string? name)
            ? new RightsOperation.NameAuthorisation(authorisation, name)
            : null;

    private static RightsOperation.SetRight? ReadSetRight(ref WireReader reader, ReadOnlySpan<Uid> entries, ReadOnlySpan<byte> kinds) =>
        TryReadAuthorisation(ref reader, entries, kinds, out Uid authorisation)
        && TryReadName(ref reader, out string? entity) && entity.Length > 0
        && reader.TryReadByte(out byte flags) && flags <= 3
        && TryReadPositions(ref reader, out ImmutableArray<LogPosition> cutOffs)
            ? new RightsOperation.SetRight(authorisation, entity, (flags & 1) != 0, (flags & 2) != 0, cutOffs)
            : null;

    private static RightsOperation.AdmitCommits? ReadAdmitCommits(ref WireReader reader)
    {
        if (!TryReadPositions(ref reader, out ImmutableArray<LogPosition> data)
            || !reader.TryReadCount(Limits.CommitOperationCount, Hash256.SizeBytes, out int count))
        {
            return null;
        }

        Hash256[] rights = new Hash256[count];
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadHash(out rights[i]) || (i > 0 && rights[i].CompareTo(rights[i - 1]) <= 0))
            {
                return null;
            }
        }

        return new RightsOperation.AdmitCommits(data, [.. rights]);
    }

    private static void WriteAuthorisation(Uid authorisation, ReadOnlySpan<Uid> entries, WireWriter writer)
    {
        int index = entries.IndexOf(authorisation);
        writer.WriteVarUInt((ulong)(index + 1));
        if (index < 0)
        {
            writer.WriteUid(authorisation);
        }
    }

    private static bool TryReadAuthorisation(ref WireReader reader, ReadOnlySpan<Uid> entries, ReadOnlySpan<byte> kinds, out Uid authorisation)
    {
        authorisation = default;
        if (!reader.TryReadVarUInt(out ulong place))
        {
            return false;
        }

        if (place == 0)
        {
            return reader.TryReadUid(out authorisation) && entries.IndexOf(authorisation) < 0;
        }

        if (place > (ulong)entries.Length || kinds[(int)place - 1] != AddAuthorisationKind)
        {
            return false;
        }

        authorisation = entries[(int)place - 1];
        return true;
    }

    private static void WritePositions(ImmutableArray<LogPosition> positions, WireWriter writer)
    {
        writer.WriteVarUInt((ulong)positions.Length);
        foreach (LogPosition position in positions)
        {
            WritePosition(position, writer);
        }
    }

    private static bool TryReadPositions(ref WireReader reader, out ImmutableArray<LogPosition> positions)
    {
        positions = [];
        if (!reader.TryReadCount(Limits.CutOffCount, PositionSizeBytes, out int count))
        {
            return false;
        }

        LogPosition[] read = new LogPosition[count];
        for (int i = 0; i < count; i++)
        {
            if (!TryReadPosition(ref reader, out read[i]) || (i > 0 && read[i].Device.CompareTo(read[i - 1].Device) <= 0))
            {
                return false;
            }
        }

        positions = [.. read];
        return true;
    }

    private static void WritePosition(LogPosition position, WireWriter writer)
    {
        writer.WriteUid(position.Device);
        writer.WriteVarUInt((ulong)position.Sequence);
        writer.WriteHash(position.Commit);
    }

    private static bool TryReadPosition(ref WireReader reader, out LogPosition position)
    {
        position = default;
        if (!reader.TryReadUid(out Uid device) || !reader.TryReadVarUInt(out ulong sequence) || sequence > long.MaxValue
            || !reader.TryReadHash(out Hash256 commit) || (sequence == 0) != commit.IsZero)
        {
            return false;
        }

        position = new LogPosition(device, (long)sequence, commit);
        return true;
    }

    private static void WriteKey(VerifyingKey key, WireWriter writer) => key.CopyTo(writer.Reserve(VerifyingKey.SizeBytes));

    private static bool TryReadKey(ref WireReader reader, out VerifyingKey key)
    {
        bool isRead = reader.TryReadRaw(VerifyingKey.SizeBytes, out ReadOnlySpan<byte> bytes);
        key = isRead ? new VerifyingKey(bytes) : default;
        return isRead;
    }

    private static bool TryReadName(ref WireReader reader, [NotNullWhen(true)] out string? name)
    {
        name = reader.TryReadText(Limits.NameSizeBytes, out ReadOnlySpan<byte> utf8) ? Encoding.UTF8.GetString(utf8) : null;
        return name is not null;
    }
}
