using System.Collections.Immutable;
using System.Diagnostics;
using DiscreetDb.Core;
using DiscreetDb.Rooms;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// Takes commits that nobody else has out of a log that others know differently, and writes them again under the device of
/// this database (I9): with new ids for the rows they inserted, wherever these are named. While that device has no log in
/// the room yet they keep their dates and rights heads, so that what was newer stays newer.
/// </summary>
internal sealed class LogReissue(CommitLog log, WriteTransaction transaction)
{
    private readonly Dictionary<Uid, Uid> _ids = [];
    private readonly Dictionary<Hash256, Hash256> _commits = [];

    /// <summary>Runs it; answers the new ids of rows, and of entries of the room's definition, by their old ones.</summary>
    /// <exception cref="ArgumentException">This user has no such log in a room, or it is shorter than what is said to be shared.</exception>
    public IReadOnlyDictionary<Uid, Uid> Run(LogConflict conflict)
    {
        IReadOnlyList<StoredCommit> rights = Take(conflict, CommitKind.Rights, conflict.SharedRights);
        IReadOnlyList<StoredCommit> data = Take(conflict, CommitKind.Data, conflict.SharedData);
        if (rights.Count + data.Count == 0)
        {
            return _ids;
        }

        log.Rights.Forget(transaction, conflict.Room);
        log.Rejudgement.RoomChanged(transaction, conflict.Room);
        log.Rebuild.RunAll(transaction);
        WriteRights(rights);
        WriteData(data);
        new ReferenceUpdate(log, transaction).Run(_ids);
        return _ids;
    }

    /// <summary>The commits behind what is shared; they are in no log from now on.</summary>
    private IReadOnlyList<StoredCommit> Take(LogConflict conflict, CommitKind kind, long shared)
    {
        DeviceLog? own = log.Store.Logs.Find(conflict.Room, conflict.Device, kind);
        if (own is null && shared == 0)
        {
            return [];
        }

        if (own is null || own.IsLocal || own.Author.User != log.Author.User || shared < 0 || shared > log.Store.Logs.HeadOf(own).Sequence)
        {
            throw new ArgumentException(
                $"Device {conflict.Device} is none of this user, or has no {kind} log of {shared} commits in room {conflict.Room}.", nameof(conflict));
        }

        Debug.Assert(own.Author != log.Author, "A device whose log is contradicted signs nothing any more (I9).");
        IReadOnlyList<StoredCommit> taken = log.Store.Commits.Read(own, shared + 1, int.MaxValue);
        log.Store.Commits.RemoveAfter(transaction, own, shared);
        return taken;
    }

    private void WriteRights(IReadOnlyList<StoredCommit> commits)
    {
        bool keepsDates = commits.Count > 0 && HeadOf(commits[0]).Sequence == 0;
        foreach (StoredCommit commit in commits)
        {
            LogHead after = HeadOf(commit);
            Hlc hlc = keepsDates ? commit.Hlc : log.Clock.Next();
            CommitBody body = RedirectRights(commit, after.NextPosition(hlc));
            _commits.Add(commit.Id, Write(commit, after, hlc, HeadsOf(commit, keepsDates), body));
        }
    }

    private CommitBody RedirectRights(StoredCommit commit, in CommitPosition place)
    {
        CommitPosition former = new(commit.Log.Room, commit.Log.Device, commit.Log.Kind, commit.Number.Sequence, commit.Hlc);
        if (!RightsBody.TryRead(commit.Body, former, out ImmutableArray<RightsOperation> operations))
        {
            throw new DiscreetException(ErrorCode.DatabaseCorrupt, $"Rights commit {former.Sequence} of room {former.Room} is damaged.");
        }

        Uid[] formerEntries = RightsBody.EntriesOf(former, operations.Length);
        Uid[] entries = RightsBody.EntriesOf(place, operations.Length);
        for (int i = 0; i < entries.Length; i++)
        {
            if (operations[i] is RightsOperation.AddAuthorisation)
            {
                _ids.Add(formerEntries[i], entries[i]);
            }
        }

        return RightsBody.Build([.. operations.Select(Redirect)], entries);
    }

    private RightsOperation Redirect(RightsOperation operation) => operation switch
    {
        RightsOperation.AddAuthorisation added => added with { Authorisation = IdOf(added.Authorisation) },
        RightsOperation.SetUser set => set with { Authorisation = IdOf(set.Authorisation) },
        RightsOperation.SetRight set => set with { Authorisation = IdOf(set.Authorisation) },
        RightsOperation.NameAuthorisation named => named with { Authorisation = IdOf(named.Authorisation) },
        RightsOperation.AdmitCommits admitted => admitted with { Rights = [.. admitted.Rights.Select(CommitOf).Order()] },
        _ => operation,
    };

    /// <summary>All places first, then the bodies: a row may be named before the operation that inserts it.</summary>
    private void WriteData(IReadOnlyList<StoredCommit> commits)
    {
        if (commits.Count == 0)
        {
            return;
        }

        LogHead next = HeadOf(commits[0]);
        bool keepsDates = next.Sequence == 0;
        Hlc[] dates = new Hlc[commits.Count];
        for (int i = 0; i < dates.Length; i++)
        {
            dates[i] = keepsDates ? commits[i].Hlc : log.Clock.Next();
            NoteRows(commits[i].Body, next.NextPosition(dates[i]));
            next = next with { Sequence = next.Sequence + 1 };
        }

        for (int i = 0; i < dates.Length; i++)
        {
            LogHead after = HeadOf(commits[i]);
            CommitBody body = BodyRedirection.Redirect(commits[i].Body, after.NextPosition(dates[i]), _ids);
            Write(commits[i], after, dates[i], HeadsOf(commits[i], keepsDates), body);
        }
    }

    private void NoteRows(CommitBody body, in CommitPosition place)
    {
        ReadOnlySpan<Operation> operations = body.Operations;
        for (int i = 0; i < operations.Length; i++)
        {
            if (operations[i].Kind == OperationKind.Insert)
            {
                _ids.Add(operations[i].Row, RowId.Derive(place, i));
            }
        }
    }

    /// <summary>Where this device's log of the same room and kind ends.</summary>
    private LogHead HeadOf(StoredCommit former) => log.Store.Logs.HeadOf(log.OwnLog(transaction, former.Log.Room, former.Log.Kind));

    private ReadOnlyMemory<Hash256> HeadsOf(StoredCommit former, bool keepsDates)
    {
        if (keepsDates)
        {
            return log.Store.Heads.Get(former.HeadsNo).ToArray().Select(CommitOf).Order().ToArray();
        }

        ReadOnlyMemory<Hash256> heads = log.Rights.Heads(former.Log.Room);
        return heads[..Math.Min(heads.Length, Limits.RightsHeadCount)];
    }

    /// <summary>Signs it, and takes it in like one of a peer: judged by its rights, stored, projected.</summary>
    private Hash256 Write(StoredCommit former, LogHead after, Hlc hlc, ReadOnlyMemory<Hash256> heads, CommitBody body)
    {
        CommitHeader header = after.Next(hlc, heads, body);
        byte[] signature = new byte[Ed25519.SignatureSizeBytes];
        header.Sign(log.Keys.Sign, signature);
        Commit commit = new(header, header.ComputeId(), signature, body);
        using WireWriter packed = new();
        CommitCodec.Encode(commit, after, packed);
        ApplyOutcome outcome = log.Intake.Apply(
            transaction,
            new IncomingCommit(after.Room, after.Kind, after.Device, log.Author.Certificate, commit.Position.Sequence, packed.ToArray()));
        return outcome.Fault is CommitFault.None
            ? commit.Id
            : throw new DiscreetException(
                ErrorCode.AuthorisationRejected,
                $"Commit {former.Number.Sequence} of former device {former.Log.Device} in room {after.Room} cannot be written again: {outcome.Fault}.");
    }

    private Uid IdOf(Uid id) => _ids.GetValueOrDefault(id, id);

    private Hash256 CommitOf(Hash256 id) => _commits.GetValueOrDefault(id, id);
}
