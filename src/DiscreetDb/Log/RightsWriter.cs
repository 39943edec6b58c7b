using System.Diagnostics;
using DiscreetDb.Core;
using DiscreetDb.Rooms;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>Where a draft went: the room, which is new if it was founded, and the ids of the entries, by index.</summary>
internal sealed record RightsReceipt(Uid Room, Uid[] Entries);

/// <summary>
/// Writes rights commits of this device: draws a draft into as many commits as its size takes, each naming the heads known
/// here, signs and appends them. Whether the user may is not asked here.
/// </summary>
/// <param name="log">The log they are written to.</param>
/// <param name="transaction">The transaction they are written in.</param>
/// <param name="next">Gives each commit its clock.</param>
/// <param name="completed">Told of each commit.</param>
internal sealed class RightsWriter(CommitLog log, WriteTransaction transaction, Func<Hlc> next, Action<CommitSummary> completed)
{
    /// <summary>Writes a draft to a room, or founds a room with it: then it begins with a genesis operation.</summary>
    public RightsReceipt Write(Uid? room, RightsDraft draft)
    {
        RightsOperation[] operations = [.. draft.Operations];
        Uid[] entries = new Uid[operations.Length];
        int written = 0;
        while (written < operations.Length)
        {
            Dictionary<Uid, Uid> known = IdsOf(entries, written);
            int count = RightsBody.CountThatFits(operations.AsSpan(written));
            RightsOperation[] part = new RightsOperation[count];
            Uid[] standIns = new Uid[count];
            for (int i = 0; i < count; i++)
            {
                part[i] = Resolve(operations[written + i], known);
                standIns[i] = RightsDraft.StandInOf(written + i);
            }

            CommitPosition position = Append(room, RightsBody.Build(part, standIns));
            room = position.Room;
            RightsBody.EntriesOf(position, count).CopyTo(entries, written);
            written += count;
        }

        return new RightsReceipt(room ?? throw new ArgumentException("A room is founded by at least one operation.", nameof(draft)), entries);
    }

    /// <summary>The rights heads of the next commit in a room; more than fit one are merged first (log.md §2).</summary>
    public ReadOnlyMemory<Hash256> HeadsOf(Uid room)
    {
        ReadOnlyMemory<Hash256> heads = log.Rights.Heads(room);
        while (heads.Length > Limits.RightsHeadCount)
        {
            Append(room, heads[..Limits.RightsHeadCount], RightsBody.Build([], []));
            ReadOnlyMemory<Hash256> merged = log.Rights.Heads(room);
            if (merged.Length >= heads.Length)
            {
                throw new DiscreetException(
                    ErrorCode.AuthorisationRejected, $"The rights of room {room} have {heads.Length} open ends, and this device may not merge them; a member must.");
            }

            heads = merged;
        }

        return heads;
    }

    private CommitPosition Append(Uid? room, CommitBody body) =>
        Append(room, room is { } known ? HeadsOf(known) : default, body);

    private CommitPosition Append(Uid? room, ReadOnlyMemory<Hash256> heads, CommitBody body)
    {
        Hlc hlc = next();
        LogHead after = room is { } known
            ? log.Store.Logs.HeadOf(log.OwnLog(transaction, known, CommitKind.Rights))
            : Founding(hlc, body);
        CommitHeader header = after.Next(hlc, heads, body);
        byte[] signature = new byte[Ed25519.SignatureSizeBytes];
        header.Sign(log.Keys.Sign, signature);
        Debug.Assert(header.Verify(log.Keys.Sign.PublicKey, signature), "A signature just made must verify (I2).");
        Commit commit = new(header, header.ComputeId(), signature, body);
        Append(commit);
        completed(new CommitSummary(commit.Position.Room, commit.Position.Sequence, body.Operations.Length));
        return commit.Position;
    }

    // The room's id follows from the id of its first commit, whose header does not hold it.
    private LogHead Founding(Hlc hlc, CommitBody body)
    {
        LogHead nowhere = LogHead.Empty(Uid.Zero, CommitKind.Rights, log.Author.Certificate);
        Uid room = RoomId.Of(nowhere.Next(hlc, default, body).ComputeId());
        return LogHead.Empty(room, CommitKind.Rights, log.Author.Certificate);
    }

    private void Append(Commit commit)
    {
        bool isRead = RightsBody.TryRead(commit, log.Author.User, out RightsCommit? rights);
        CommitFault fault = isRead ? log.Rights.Check(commit, rights!) : CommitFault.Malformed;
        if (fault != CommitFault.None)
        {
            // A member asked for something no peer would take: signing it would end this log for everybody else (I9).
            throw new InvalidOperationException($"A rights commit of this device would be refused by every peer: {fault}.");
        }

        log.AppendRights(transaction, log.Author, commit, rights!);
    }

    private static Dictionary<Uid, Uid> IdsOf(Uid[] entries, int written)
    {
        Dictionary<Uid, Uid> known = [];
        for (int i = 0; i < written; i++)
        {
            known.Add(RightsDraft.StandInOf(i), entries[i]);
        }

        return known;
    }

    private static RightsOperation Resolve(RightsOperation operation, Dictionary<Uid, Uid> known) => operation switch
    {
        RightsOperation.SetUser set when known.TryGetValue(set.Authorisation, out Uid id) => set with { Authorisation = id },
        RightsOperation.SetRight set when known.TryGetValue(set.Authorisation, out Uid id) => set with { Authorisation = id },
        RightsOperation.NameAuthorisation named when known.TryGetValue(named.Authorisation, out Uid id) => named with { Authorisation = id },
        _ => operation,
    };
}
