using DiscreetDb.Core;
using DiscreetDb.Rooms;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// Decides whether data commits count (log.md §4.4): the same for one that arrives and for one that is stored. Keeps how far
/// the rights of a room reach into each log, until something it rests on changes.
/// </summary>
internal sealed class CommitJudge(LogStore store, RightsLogs rights, Projection projection, ForkTable forks)
{
    private readonly Dictionary<int, DeviceReach> _reaches = [];

    /// <summary>Rows whose tables are behind the commits that count.</summary>
    public HashSet<Uid> Behind { get; } = [];

    /// <summary>How far the room's rights reach into a data log.</summary>
    public DeviceReach ReachOf(DeviceLog log)
    {
        if (!_reaches.TryGetValue(log.No, out DeviceReach? reach))
        {
            reach = ReachOf(log, rights.LedgerOf(log.Room));
            _reaches.Add(log.No, reach);
        }

        return reach;
    }

    /// <summary>The same under what counted at another time.</summary>
    public DeviceReach ReachOf(DeviceLog log, RightsLedger ledger) => ReachOf(log, ledger, new StoredBranch(store, log));

    /// <summary>The rights of a room changed.</summary>
    public void Forget(WriteTransaction transaction, Uid room)
    {
        foreach (DeviceLog log in store.Logs.OfRoom(room, CommitKind.Data))
        {
            Forget(transaction, log);
        }
    }

    /// <summary>What a log's reach rests on changed.</summary>
    public void Forget(WriteTransaction transaction, DeviceLog log)
    {
        _reaches.Remove(log.No);
        transaction.OnRollback(() => _reaches.Remove(log.No));
    }

    /// <summary>Why a stored commit does not count; None if it does.</summary>
    public CommitFault Judge(StoredCommit commit) =>
        Judge(commit.Log, ReachOf(commit.Log), commit.Stamp, commit.Number.Sequence, store.Heads.Get(commit.HeadsNo).Span, commit.Body);

    /// <summary>Why a commit that goes to the end of the log does not count; None if it does.</summary>
    public CommitFault JudgeNext(DeviceLog log, Commit commit)
    {
        long sequence = commit.Position.Sequence;
        DeviceReach reach = ReachOf(log);
        if (reach.IsNamed(sequence))
        {
            reach = ReachOf(log, rights.LedgerOf(log.Room), new StoredBranch(store, log, (sequence, commit.Id)));
        }

        return Judge(log, reach, new CommitStamp(commit.Position.Hlc, commit.Id), sequence, commit.Header.Heads.Span, commit.Body);
    }

    private DeviceReach ReachOf(DeviceLog log, RightsLedger ledger, StoredBranch branch) =>
        DeviceReach.Of(ledger, log.Device, log.Author.User, branch, forks.Find(log) is { } fork ? [fork] : []);

    private CommitFault Judge(DeviceLog log, DeviceReach reach, CommitStamp stamp, long sequence, ReadOnlySpan<Hash256> heads, CommitBody body)
    {
        if (sequence > reach.End)
        {
            return reach.RevocationEnd < reach.ForkEnd ? CommitFault.Revoked : CommitFault.Forked;
        }

        VerifyingKey user = log.Author.User;
        if (!rights.TryJudge(log.Room, user, heads, reach.ClockAt(sequence), out Rights? known) || !known.Can(user, RightsAction.Read, string.Empty, user))
        {
            return CommitFault.NotMember;
        }

        foreach (ref readonly Operation operation in body.Operations)
        {
            string entity = body.EntityOf(operation);
            RightsAction action = ActionOf(operation.Kind);

            // An operation on a row without a valid insert is not judged yet (log.md §3).
            VerifyingKey? creator = action == RightsAction.Insert
                ? user
                : projection.FindCreator(entity, operation.Row, log.Room, stamp, Behind.Contains(operation.Row));
            if (creator is { } inserter && !known.Can(user, action, entity, inserter))
            {
                return CommitFault.NotAllowed;
            }
        }

        return CommitFault.None;
    }

    private static RightsAction ActionOf(OperationKind kind) => kind switch
    {
        OperationKind.Insert => RightsAction.Insert,
        OperationKind.Delete => RightsAction.Delete,
        _ => RightsAction.Update,
    };
}
