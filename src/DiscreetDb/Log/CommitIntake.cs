using DiscreetDb.Core;
using DiscreetDb.Rooms;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// Takes in commits that other devices signed: verifies them, asks the rights, stores and projects them, in one
/// transaction of the writer. Whatever is wrong with one is an outcome, never an exception.
/// </summary>
internal sealed class CommitIntake(CommitLog log)
{
    private LogStore Store => log.Store;

    /// <summary>Applies the commit with this sequence of an author's log in a room.</summary>
    public ApplyOutcome Apply(
        WriteTransaction transaction, Uid room, CommitKind kind, DeviceCertificate certificate, long sequence, ReadOnlySpan<byte> packed)
    {
        // Local rows never travel, so nobody else writes them. A rights log may begin a room.
        if (room.IsZero || (kind == CommitKind.Data && !log.Rights.IsKnown(room)))
        {
            return ApplyOutcome.Refused(CommitFault.UnknownRoom);
        }

        DeviceLog? known = Store.Logs.Find(room, certificate.Device, kind);
        if (known is null ? !IsVerified(certificate) : known.Author.Certificate.Hash != certificate.Hash)
        {
            return ApplyOutcome.Refused(CommitFault.WrongCertificate);
        }

        LogHead head = known is null ? LogHead.Empty(room, kind, certificate) : Store.Logs.HeadOf(known);
        if (sequence <= head.Sequence)
        {
            return CompareWithStored(known!, certificate, sequence, packed);
        }

        if (sequence > head.Sequence + 1 || sequence > CommitNumber.MaxSequence)
        {
            return ApplyOutcome.Refused(CommitFault.MissingPrevious);
        }

        return CommitVerifier.TryVerify(packed, head, certificate, out Commit? commit, out CommitFault fault)
            ? Judge(transaction, certificate, commit)
            : ApplyOutcome.Refused(fault);
    }

    private bool IsVerified(DeviceCertificate certificate) =>
        Store.Authors.Find(certificate.Hash) is not null || certificate.Verify();

    private ApplyOutcome CompareWithStored(DeviceLog known, DeviceCertificate certificate, long sequence, ReadOnlySpan<byte> packed)
    {
        if (sequence < 1)
        {
            return ApplyOutcome.Refused(CommitFault.Malformed);
        }

        StoredCommit stored = Store.Commits.Load(known.NumberOf(sequence));
        if (!CommitVerifier.TryVerify(packed, ChainCheck.HeadBefore(Store, stored), certificate, out Commit? commit, out CommitFault fault))
        {
            return ApplyOutcome.Refused(fault);
        }

        return commit.Id == stored.Id ? ApplyOutcome.Duplicate : ApplyOutcome.Refused(CommitFault.Forked);
    }

    private ApplyOutcome Judge(WriteTransaction transaction, DeviceCertificate certificate, Commit commit)
    {
        if (commit.Position.Hlc.Milliseconds > log.Clock.NowMs() + Limits.ClockSkewMs)
        {
            return ApplyOutcome.Refused(CommitFault.AheadOfTime);
        }

        return commit.Position.Kind == CommitKind.Rights
            ? JudgeRights(transaction, certificate, commit)
            : JudgeData(transaction, certificate, commit);
    }

    private ApplyOutcome JudgeRights(WriteTransaction transaction, DeviceCertificate certificate, Commit commit)
    {
        if (!RightsBody.TryRead(commit, certificate.Root, out RightsCommit? rights))
        {
            return ApplyOutcome.Refused(CommitFault.Malformed);
        }

        CommitFault fault = log.Rights.Check(commit, rights);
        if (fault != CommitFault.None)
        {
            return ApplyOutcome.Refused(fault);
        }

        log.AppendRights(transaction, Store.Authors.Intern(transaction, certificate), commit, rights);
        return ApplyOutcome.Applied;
    }

    private ApplyOutcome JudgeData(WriteTransaction transaction, DeviceCertificate certificate, Commit commit)
    {
        CommitFault fault = log.Rights.CheckHeads(commit);
        if (fault != CommitFault.None)
        {
            return ApplyOutcome.Refused(fault);
        }

        CommitPosition position = commit.Position;
        bool isJudged = log.Rights.TryJudge(
            position.Room, position.Device, certificate.Root, position.Sequence, commit.Header.Heads.Span, out Rights? rights);
        if (!isJudged || !IsAllowed(certificate.Root, commit, rights!))
        {
            return ApplyOutcome.Refused(CommitFault.NotAllowed);
        }

        Take(transaction, certificate, commit);
        return ApplyOutcome.Applied;
    }

    private bool IsAllowed(VerifyingKey user, Commit commit, Rights rights)
    {
        if (!rights.Can(user, RightsAction.Read, string.Empty, user))
        {
            return false;
        }

        Uid room = commit.Position.Room;
        foreach (ref readonly Operation operation in commit.Body.Operations)
        {
            string entity = commit.Body.EntityOf(operation);
            RightsAction action = ActionOf(operation.Kind);

            // An operation on a row without a valid insert is not judged yet (log.md §3).
            VerifyingKey? creator = action == RightsAction.Insert ? user : log.Projection.FindCreator(entity, operation.Row, room);
            if (creator is { } known && !rights.Can(user, action, entity, known))
            {
                return false;
            }
        }

        return true;
    }

    private void Take(WriteTransaction transaction, DeviceCertificate certificate, Commit commit)
    {
        bool isNewest = commit.Position.Hlc > Store.Commits.Last;
        Author author = Store.Authors.Intern(transaction, certificate);
        DeviceLog own = Store.Logs.Open(transaction, commit.Position.Room, commit.Position.Kind, author);
        Store.Fields.InternNames(transaction, commit.Body);
        StoredCommit stored = Store.Commits.Append(transaction, own, commit);
        log.Clock.Observe(commit.Position.Hlc);
        log.Projection.Apply(transaction, stored, isNewest);
    }

    private static RightsAction ActionOf(OperationKind kind) => kind switch
    {
        OperationKind.Insert => RightsAction.Insert,
        OperationKind.Delete => RightsAction.Delete,
        _ => RightsAction.Update,
    };
}
