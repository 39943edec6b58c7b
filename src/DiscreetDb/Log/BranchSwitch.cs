using DiscreetDb.Core;
using DiscreetDb.Rooms;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// Forked data logs (log.md §4.4, ADR 0018): keeps the evidence, keeps branches that lead to a commit somebody named, and lets the
/// stored branch give way to the one that holds.
/// </summary>
internal sealed class BranchSwitch(CommitLog log)
{
    private LogStore Store => log.Store;

    /// <summary>A commit follows the same one as a stored commit with its sequence: keeps the evidence, and the commit if it may be the one that holds.</summary>
    public void TakeFork(WriteTransaction transaction, StoredCommit stored, Commit other, ReadOnlyMemory<byte> packed)
    {
        LogHead before = ChainCheck.HeadBefore(Store, stored);
        CommitHeader header = before.Next(stored.Hlc, Store.Heads.Get(stored.HeadsNo), stored.Body);
        TakeEvidence(transaction, stored.Log, ForkEvidence.Of(stored.Log.Author.Certificate, header, stored.Signature, other.Header, other.Signature));
        Keep(transaction, stored.Log, other, packed);
    }

    /// <summary>Keeps verified evidence of a fork on the log, if it is lower than what is known above what is pinned.</summary>
    public bool TakeEvidence(WriteTransaction transaction, DeviceLog of, ForkEvidence evidence)
    {
        DeviceReach before = log.Judge.ReachOf(of);
        LogFork fork = evidence.Fork;
        bool isOnLog = fork.Sequence > before.Pinned.Sequence && new StoredBranch(Store, of).Holds(fork.Sequence - 1, fork.Previous);
        if (!isOnLog || fork.Sequence - 1 >= before.ForkEnd)
        {
            return false;
        }

        Store.Forks.Put(of, evidence);
        log.Rejudgement.LogChanged(transaction, of, before);
        return true;
    }

    /// <summary>A commit that follows one of the kept branches; false if it follows none.</summary>
    public bool TryFollow(WriteTransaction transaction, DeviceLog of, IncomingCommit incoming)
    {
        foreach (BranchCommit previous in Store.Branches.At(of, incoming.Sequence - 1))
        {
            if (CommitVerifier.TryVerify(incoming.Packed.Span, previous.Head, of.Author.Certificate, out Commit? commit, out _))
            {
                Keep(transaction, of, commit, incoming.Packed);
                return true;
            }
        }

        return false;
    }

    /// <summary>Lets the stored branch give way if pins hold another one that is here.</summary>
    /// <returns>The commits of the other branch, to be taken in order; none if nothing changed.</returns>
    public IReadOnlyList<IncomingCommit> Switch(WriteTransaction transaction, DeviceLog of)
    {
        if (!Store.Branches.Any(of))
        {
            return [];
        }

        StoredBranch stored = new(Store, of);
        List<KeptBranch> kept = KeptBranch.Of(Store.Branches.All(of), stored);
        RightsLedger ledger = log.Rights.LedgerOf(of.Room);
        LogPosition pinned = DataLogRule.Pinned(ledger, of.Device, of.Author.User, [stored, .. kept]);
        if (stored.Holds(pinned.Sequence, pinned.Commit) || kept.Find(branch => branch.Holds(pinned.Sequence, pinned.Commit)) is not { } winner)
        {
            return [];
        }

        IReadOnlyList<BranchCommit> commits = winner.Commits;
        Store.Branches.Clear(of);
        DropFrom(transaction, of, commits[0].Head.Sequence);
        return [.. commits.Select(commit => new IncomingCommit(of.Room, of.Kind, of.Device, null, commit.Head.Sequence, commit.Packed))];
    }

    // Only what somebody named is worth its place: an id with this sequence or a greater one that the stored branch does not hold.
    private void Keep(WriteTransaction transaction, DeviceLog of, Commit commit, ReadOnlyMemory<byte> packed)
    {
        // A branch that could not be stored must not drive out one that is.
        if (log.Rights.CheckHeads(commit) != CommitFault.None || commit.Position.Hlc.Milliseconds > log.Clock.NowMs() + Limits.ClockSkewMs)
        {
            return;
        }

        StoredBranch stored = new(Store, of);
        foreach (LogPin pin in log.Rights.LedgerOf(of.Room).PinsOf(of.Device))
        {
            if (pin.Concerns(of.Author.User) && pin.Position.Sequence >= commit.Position.Sequence && !stored.Holds(pin.Position.Sequence, pin.Position.Commit))
            {
                Store.Branches.Add(of, commit, packed);
                return;
            }
        }
    }

    private void DropFrom(WriteTransaction transaction, DeviceLog of, long sequence)
    {
        DeviceReach before = log.Judge.ReachOf(of);
        List<StoredCommit> dropped = [];
        for (long last = Store.Logs.HeadOf(of).Sequence; last >= sequence; last--)
        {
            dropped.Add(Store.Commits.Load(of.NumberOf(last)));
        }

        // They cease to count first, and leave the tables; then they go.
        foreach (StoredCommit commit in dropped.Where(commit => !commit.IsVoid))
        {
            Store.Commits.SetVoid(transaction, commit.Number, isVoid: true);
            log.Rejudgement.RowsChanged(commit);
            log.Rejudgement.InsertsChanged(transaction, commit);
        }

        log.Rejudgement.Project(transaction);
        foreach (StoredCommit commit in dropped)
        {
            log.Projection.Forget(commit);
            log.Rejudgement.Remove(commit.Number);
            Store.Commits.RemoveLast(transaction, commit, ChainCheck.HeadBefore(Store, commit));
        }

        // What only the dropped branch held spares and ends nothing any more.
        log.Rejudgement.LogChanged(transaction, of, before);
    }

    /// <summary>A branch that leaves the stored one somewhere.</summary>
    private sealed class KeptBranch(StoredBranch stored, List<BranchCommit> commits) : IDataBranch
    {
        public IReadOnlyList<BranchCommit> Commits => commits;

        public static List<KeptBranch> Of(IReadOnlyList<BranchCommit> all, StoredBranch stored)
        {
            Dictionary<Hash256, BranchCommit> byId = all.ToDictionary(commit => commit.Head.Id);
            HashSet<Hash256> followed = [.. all.Select(commit => commit.Previous)];
            List<KeptBranch> branches = [];
            foreach (BranchCommit last in all.Where(commit => !followed.Contains(commit.Head.Id)))
            {
                List<BranchCommit> commits = [last];
                while (byId.TryGetValue(commits[^1].Previous, out BranchCommit? previous))
                {
                    commits.Add(previous);
                }

                commits.Reverse();
                if (stored.Holds(commits[0].Head.Sequence - 1, commits[0].Previous))
                {
                    branches.Add(new KeptBranch(stored, commits));
                }
            }

            return branches;
        }

        public bool Holds(long sequence, Hash256 commit)
        {
            long index = sequence - commits[0].Head.Sequence;
            return index < 0 ? stored.Holds(sequence, commit) : index < commits.Count && commits[(int)index].Head.Id == commit;
        }
    }
}
