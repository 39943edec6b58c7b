using DiscreetDb.Core;
using DiscreetDb.Rooms;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// Takes in commits that other devices signed, in the writer's transaction: verifies them, stores them, judges and projects
/// them. What lacks something waits until it comes; what has no right is kept void, so that logs stay dense and everybody judges
/// for themselves. Whatever is wrong with a commit is an outcome, never an exception.
/// </summary>
internal sealed class CommitIntake(CommitLog log)
{
    private const long DayMs = 24 * 60 * 60 * 1000;

    private readonly Queue<IncomingCommit> _ready = new();
    private readonly List<(IncomingCommit Commit, CommitFault Fault)> _void = [];

    /// <summary>Definitions of rooms before rights commits were taken that are not projected yet.</summary>
    private readonly Dictionary<Uid, DefinitionRows> _definitions = [];

    private readonly BranchSwitch _branches = new(log);

    private LogStore Store => log.Store;

    /// <summary>Commits dated too far ahead that wait in memory.</summary>
    public EarlyCommits Early { get; } = new();

    /// <summary>Applies one commit, and whatever waited for it.</summary>
    public ApplyOutcome Apply(WriteTransaction transaction, IncomingCommit commit) => Apply(transaction, [commit])[0];

    /// <summary>Applies commits of any rooms and logs, in the order they are given. What they change is judged once for all of them.</summary>
    public IReadOnlyList<ApplyOutcome> Apply(WriteTransaction transaction, IReadOnlyList<IncomingCommit> commits)
    {
        transaction.OnRollback(Forget);
        EnqueueDue();
        TakeReady(transaction);
        List<ApplyOutcome> outcomes = new(commits.Count);
        foreach (IncomingCommit commit in commits)
        {
            outcomes.Add(TakeNoted(transaction, commit));
            TakeReady(transaction);
        }

        Settle(transaction);
        for (int i = 0; i < outcomes.Count; i++)
        {
            // What came behind it may have made it count: the commit that a cut-off names.
            if (outcomes[i].IsVoid && !IsVoid(commits[i]))
            {
                outcomes[i] = ApplyOutcome.Applied;
            }
        }

        WriteDown(transaction);
        return outcomes;
    }

    /// <summary>
    /// Applies commits of one log that <see cref="CommitVerifier" /> verified before, on other cores, each as the one behind the
    /// one before it. Whether they still follow what is stored is checked again.
    /// </summary>
    public IReadOnlyList<ApplyOutcome> Apply(WriteTransaction transaction, DeviceCertificate certificate, IReadOnlyList<Commit> verified)
    {
        transaction.OnRollback(Forget);
        List<ApplyOutcome> outcomes = new(verified.Count);
        foreach (Commit commit in verified)
        {
            outcomes.Add(TakeVerified(transaction, certificate, commit));
            TakeReady(transaction);
        }

        Finish(transaction);
        return outcomes;
    }

    /// <summary>Keeps evidence that a device signed one sequence twice; false if it is none, or of no use here.</summary>
    public bool ApplyEvidence(WriteTransaction transaction, ReadOnlySpan<byte> bytes)
    {
        bool isTaken = ForkEvidence.TryVerify(bytes, out ForkEvidence? evidence)
            && Store.Logs.Find(evidence.Room, evidence.Certificate.Device, CommitKind.Data) is { } of
            && of.Author.Certificate.Hash == evidence.Certificate.Hash
            && _branches.TakeEvidence(transaction, of, evidence);
        Finish(transaction);
        return isTaken;
    }

    /// <summary>Applies commits that were dated too far ahead and are not any more.</summary>
    public void RetryEarly(WriteTransaction transaction) => Apply(transaction, []);

    /// <summary>Brings what counts up to date with the rights and forks that changed, and takes what waited for that.</summary>
    public void Settle(WriteTransaction transaction)
    {
        do
        {
            TakeReady(transaction);
            Rejudge(transaction);
        }
        while (_ready.Count > 0);
    }

    private void Finish(WriteTransaction transaction)
    {
        Settle(transaction);
        WriteDown(transaction);
    }

    // Not what may yet turn out to lead to a commit that somebody named.
    private void WriteDown(WriteTransaction transaction)
    {
        foreach ((IncomingCommit commit, CommitFault fault) in _void)
        {
            if (Store.Logs.Find(commit.Room, commit.Device, commit.Kind) is { } known && commit.Sequence > log.Judge.ReachOf(known).LastNamed && IsVoid(commit))
            {
                log.Rejections.Add(transaction, commit.Room, commit.Device, commit.Sequence, fault);
            }
        }

        _void.Clear();
        log.Rejections.Write(transaction);
    }

    private bool IsVoid(IncomingCommit commit) =>
        Store.Logs.Find(commit.Room, commit.Device, commit.Kind) is { } known
        && commit.Sequence <= Store.Logs.HeadOf(known).Sequence && Store.Commits.Load(known.NumberOf(commit.Sequence)).IsVoid;

    private void Rejudge(WriteTransaction transaction)
    {
        if (log.Rejudgement.IsPending)
        {
            foreach (DeviceLog forked in log.Rejudgement.LogsOfChangedRooms())
            {
                Switch(transaction, forked);
            }

            log.Rejudgement.Run(transaction);
        }

        foreach ((Uid room, DefinitionRows before) in _definitions)
        {
            log.Definitions.Apply(transaction, room, before, log.Rights.DefinitionOf(room));
        }

        _definitions.Clear();
    }

    private void Forget()
    {
        _ready.Clear();
        _void.Clear();
        _definitions.Clear();
    }

    private void EnqueueDue() => Enqueue(Early.TakeUntil(log.Clock.NowMs() + Limits.ClockSkewMs));

    private void TakeReady(WriteTransaction transaction)
    {
        while (_ready.TryDequeue(out IncomingCommit? commit))
        {
            TakeNoted(transaction, commit);
        }
    }

    private ApplyOutcome TakeNoted(WriteTransaction transaction, IncomingCommit commit)
    {
        ApplyOutcome outcome = Take(transaction, commit);
        if (outcome.IsVoid)
        {
            _void.Add((commit, outcome.Fault));
        }
        else if (outcome.State == ApplyState.Refused && outcome.Fault is not (CommitFault.UnknownRoom or CommitFault.AheadOfTime) && log.Rights.IsKnown(commit.Room))
        {
            log.Rejections.Add(transaction, commit.Room, commit.Device, commit.Sequence, outcome.Fault);
        }

        return outcome;
    }

    private ApplyOutcome Take(WriteTransaction transaction, IncomingCommit commit)
    {
        // Local rows never travel, so nobody else writes them. A rights log may begin a room.
        if (commit.Room.IsZero || (commit.Kind == CommitKind.Data && !log.Rights.IsKnown(commit.Room)))
        {
            return ApplyOutcome.Refused(CommitFault.UnknownRoom);
        }

        if (commit.Sequence is < 1 or > CommitNumber.MaxSequence)
        {
            return ApplyOutcome.Refused(CommitFault.Malformed);
        }

        if (commit.Packed.Length > CommitCodec.MaxSizeBytes)
        {
            return ApplyOutcome.Refused(CommitFault.TooLarge);
        }

        SettleBefore(transaction, commit.Kind);
        DeviceLog? known = Store.Logs.Find(commit.Room, commit.Device, commit.Kind);
        DeviceCertificate? certificate = known?.Author.Certificate ?? commit.Certificate;
        if (certificate is null)
        {
            return Park(transaction, commit, default, CommitFault.MissingCertificate, null);
        }

        if (certificate.Device != commit.Device || (commit.Certificate is { } given && given.Hash != certificate.Hash)
            || (known is null && !IsVerified(certificate)))
        {
            return ApplyOutcome.Refused(CommitFault.WrongCertificate);
        }

        LogHead head = known is null ? LogHead.Empty(commit.Room, commit.Kind, certificate) : Store.Logs.HeadOf(known);
        if (commit.Sequence > head.Sequence + 1)
        {
            return FollowBranch(transaction, known, commit) ?? Park(transaction, commit, certificate.Root, CommitFault.MissingPrevious, null);
        }

        LogHead before = commit.Sequence == head.Sequence + 1 ? head : ChainCheck.HeadBefore(Store, Store.Commits.Load(known!.NumberOf(commit.Sequence)));
        if (!CommitVerifier.TryVerify(commit.Packed.Span, before, certificate, out Commit? verified, out CommitFault fault))
        {
            return FollowBranch(transaction, known, commit) ?? ApplyOutcome.Refused(fault);
        }

        return commit.Sequence <= head.Sequence
            ? CompareWithStored(transaction, known!, verified, commit.Packed)
            : Judge(transaction, certificate, verified, commit);
    }

    private ApplyOutcome TakeVerified(WriteTransaction transaction, DeviceCertificate certificate, Commit commit)
    {
        CommitPosition position = commit.Position;
        SettleBefore(transaction, position.Kind);
        DeviceLog? known = Store.Logs.Find(position.Room, position.Device, position.Kind);
        LogHead head = known is null ? LogHead.Empty(position.Room, position.Kind, certificate) : Store.Logs.HeadOf(known);
        bool isNext = position.Sequence == head.Sequence + 1 && commit.Header.Previous == head.Id
            && commit.Header.Certificate == (known?.Author.Certificate ?? certificate).Hash
            && (position.Kind == CommitKind.Rights || log.Rights.IsKnown(position.Room)) && (known is not null || IsVerified(certificate));
        if (!isNext)
        {
            return ApplyOutcome.Refused(CommitFault.MissingPrevious);
        }

        ApplyOutcome outcome = Judge(transaction, certificate, commit, null);
        if (outcome.IsVoid)
        {
            _void.Add((Repack(commit, certificate, head), outcome.Fault));
        }

        return outcome;
    }

    private static IncomingCommit Repack(Commit commit, DeviceCertificate certificate, LogHead after)
    {
        using WireWriter writer = new();
        CommitCodec.Encode(commit, after, writer);
        CommitPosition position = commit.Position;
        return new IncomingCommit(position.Room, position.Kind, position.Device, certificate, position.Sequence, writer.ToArray());
    }

    // Only what has to wait is kept as it was sent.
    private IncomingCommit Repack(Commit commit, DeviceCertificate certificate)
    {
        CommitPosition position = commit.Position;
        DeviceLog? known = Store.Logs.Find(position.Room, position.Device, position.Kind);
        return Repack(commit, certificate, known is null ? LogHead.Empty(position.Room, position.Kind, certificate) : Store.Logs.HeadOf(known));
    }

    // What counts decides about rows others wrote, and which branch of a log is stored: it must be up to date before data is taken.
    private void SettleBefore(WriteTransaction transaction, CommitKind kind)
    {
        if (kind == CommitKind.Data)
        {
            Rejudge(transaction);
        }
    }

    private bool IsVerified(DeviceCertificate certificate) =>
        Store.Authors.Find(certificate.Hash) is not null || certificate.Verify();

    private ApplyOutcome CompareWithStored(WriteTransaction transaction, DeviceLog known, Commit commit, ReadOnlyMemory<byte> packed)
    {
        StoredCommit stored = Store.Commits.Load(known.NumberOf(commit.Position.Sequence));
        if (commit.Id == stored.Id)
        {
            return ApplyOutcome.Duplicate;
        }

        if (known.Kind == CommitKind.Data)
        {
            _branches.TakeFork(transaction, stored, commit, packed);
            if (Switch(transaction, known))
            {
                return ApplyOutcome.Applied;
            }
        }

        return ApplyOutcome.Refused(CommitFault.Forked);
    }

    private ApplyOutcome? FollowBranch(WriteTransaction transaction, DeviceLog? known, IncomingCommit commit)
    {
        if (known is not { Kind: CommitKind.Data } || !_branches.TryFollow(transaction, known, commit))
        {
            return null;
        }

        return Switch(transaction, known) ? ApplyOutcome.Applied : ApplyOutcome.Parked(CommitFault.Forked);
    }

    // Whether another branch holds from now on; its commits are taken next.
    private bool Switch(WriteTransaction transaction, DeviceLog known)
    {
        IReadOnlyList<IncomingCommit> branch = _branches.Switch(transaction, known);
        Enqueue(branch);
        return branch.Count > 0;
    }

    private ApplyOutcome Park(WriteTransaction transaction, IncomingCommit commit, VerifyingKey user, CommitFault fault, Hash256? head)
    {
        // Whoever the room does not know shares one account: certificates cost nothing.
        VerifyingKey account = log.Rights.IsGranted(commit.Room, user) ? user : default;
        return log.Rights.IsKnown(commit.Room) && Store.Parked.TryAdd(transaction, commit, account, head)
            ? ApplyOutcome.Parked(fault)
            : ApplyOutcome.Refused(fault);
    }

    private ApplyOutcome Judge(WriteTransaction transaction, DeviceCertificate certificate, Commit commit, IncomingCommit? incoming)
    {
        if (commit.Position.Hlc.Milliseconds > log.Clock.NowMs() + Limits.ClockSkewMs)
        {
            Early.Add(commit.Position.Hlc, incoming ?? Repack(commit, certificate));
            return ApplyOutcome.Refused(CommitFault.AheadOfTime);
        }

        return commit.Position.Kind == CommitKind.Rights
            ? JudgeRights(transaction, certificate, commit, incoming)
            : JudgeData(transaction, certificate, commit, incoming);
    }

    private ApplyOutcome JudgeRights(WriteTransaction transaction, DeviceCertificate certificate, Commit commit, IncomingCommit? incoming)
    {
        if (!RightsBody.TryRead(commit, certificate.Root, out RightsCommit? rights))
        {
            return ApplyOutcome.Refused(CommitFault.Malformed);
        }

        CommitFault fault = log.Rights.Check(commit, rights);
        if (fault != CommitFault.None)
        {
            return fault == CommitFault.MissingHead ? ParkForHead(transaction, certificate, commit, incoming) : ApplyOutcome.Refused(fault);
        }

        if (!_definitions.ContainsKey(commit.Position.Room))
        {
            _definitions.Add(commit.Position.Room, log.Rights.DefinitionOf(commit.Position.Room));
        }

        log.TakeRights(transaction, Store.Authors.Intern(transaction, certificate), commit, rights);
        Enqueue(Store.Parked.TakeLacking(transaction, commit.Position.Room, commit.Id));
        EnqueueNext(transaction, commit.Position);
        return ApplyOutcome.Applied;
    }

    private ApplyOutcome JudgeData(WriteTransaction transaction, DeviceCertificate certificate, Commit commit, IncomingCommit? incoming)
    {
        CommitFault fault = log.Rights.CheckHeads(commit);
        if (fault != CommitFault.None)
        {
            return fault == CommitFault.MissingHead ? ParkForHead(transaction, certificate, commit, incoming) : ApplyOutcome.Refused(fault);
        }

        CommitPosition position = commit.Position;
        if (!log.Rights.IsGranted(position.Room, certificate.Root))
        {
            // Nobody ever let them in: keeping their commits void would let anybody fill this database.
            return ApplyOutcome.Refused(CommitFault.NotMember);
        }

        Author author = Store.Authors.Intern(transaction, certificate);
        if (Store.Logs.Find(position.Room, position.Device, CommitKind.Data) is null && IsOverLogQuota(position.Room, author))
        {
            return ApplyOutcome.Refused(CommitFault.Quota);
        }

        DeviceLog own = Store.Logs.Open(transaction, position.Room, CommitKind.Data, author, log.Clock.NowMs());
        fault = log.Judge.JudgeNext(own, commit);
        if (fault != CommitFault.None && IsOverVoidQuota(own, position.Sequence))
        {
            return ApplyOutcome.Refused(CommitFault.Quota);
        }

        Append(transaction, own, commit, fault);
        EnqueueNext(transaction, position);
        return fault == CommitFault.None ? ApplyOutcome.Applied : ApplyOutcome.Void(fault);
    }

    private void Append(WriteTransaction transaction, DeviceLog own, Commit commit, CommitFault fault)
    {
        bool isNewest = commit.Position.Hlc > Store.Commits.Last;
        DeviceReach reach = log.Judge.ReachOf(own);
        Store.Fields.InternNames(transaction, commit.Body);
        StoredCommit stored = Store.Commits.Append(transaction, own, commit, isVoid: fault != CommitFault.None);
        log.Clock.Observe(commit.Position.Hlc);
        if (fault == CommitFault.None)
        {
            log.Rejudgement.InsertsChanged(transaction, stored);
            log.Projection.Apply(transaction, stored, isNewest);
        }
        else
        {
            log.Projection.Remember(stored);
        }

        if (reach.IsNamed(commit.Position.Sequence))
        {
            log.Rejudgement.LogChanged(transaction, own, reach);
        }
    }

    private ApplyOutcome ParkForHead(WriteTransaction transaction, DeviceCertificate certificate, Commit commit, IncomingCommit? incoming)
    {
        Hash256 head = Array.Find(commit.Header.Heads.ToArray(), id => !log.Rights.Has(commit.Position.Room, id));
        return Park(transaction, incoming ?? Repack(commit, certificate), certificate.Root, CommitFault.MissingHead, head);
    }

    // What waited behind it, and what came for the same place before it could be read.
    private void EnqueueNext(WriteTransaction transaction, CommitPosition position)
    {
        Enqueue(Store.Parked.TakeAt(transaction, position.Room, position.Kind, position.Device, position.Sequence));
        Enqueue(Store.Parked.TakeAt(transaction, position.Room, position.Kind, position.Device, position.Sequence + 1));
    }

    private void Enqueue(IReadOnlyList<IncomingCommit> commits)
    {
        foreach (IncomingCommit commit in commits)
        {
            _ready.Enqueue(commit);
        }
    }

    private bool IsOverLogQuota(Uid room, Author author) =>
        author.User != log.Author.User
        && Store.Logs.CountOf(room, author.UserNo, 0) >= Limits.DeviceLogCount
        && Store.Logs.CountOf(room, author.UserNo, log.Clock.NowMs() - DayMs) >= Limits.DeviceLogsPerDayCount;

    // Up to the last commit somebody named it may be void for now only: what leads there is bounded by the name.
    private bool IsOverVoidQuota(DeviceLog own, long sequence) =>
        sequence > log.Judge.ReachOf(own).LastNamed
        && Store.Commits.CountVoid(Store.Logs.OfRoom(own.Room, CommitKind.Data).Where(other => other.Author.User == own.Author.User)) >= Limits.VoidCommitCount;
}
