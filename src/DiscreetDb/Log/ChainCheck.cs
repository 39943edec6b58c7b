namespace DiscreetDb.Log;

/// <summary>Checks stored commits against their signatures and chain.</summary>
internal static class ChainCheck
{
    /// <summary>Checks the last commit of a log.</summary>
    /// <exception cref="DiscreetException">DatabaseCorrupt.</exception>
    public static void DemandSoundEnd(LogStore store, DeviceLog log)
    {
        LogHead head = store.Logs.HeadOf(log);
        if (head.Sequence == 0)
        {
            return;
        }

        StoredCommit last = store.Commits.Load(log.NumberOf(head.Sequence));
        LogHead before = HeadBefore(store, last);
        if (Check(store, before, last) is { } fault)
        {
            throw new DiscreetException(
                ErrorCode.DatabaseCorrupt,
                $"Commit {head.Sequence} of this device in room {log.Room} {fault}; nothing can be written after it. Verify the database, then repair it.");
        }
    }

    /// <summary>What is wrong with a commit that follows <paramref name="before" />; null for nothing.</summary>
    public static string? Check(LogStore store, LogHead before, StoredCommit commit)
    {
        if (commit.Hlc <= before.Hlc)
        {
            return "is not dated after the one before it";
        }

        CommitHeader header = before.Next(commit.Hlc, store.Heads.Get(commit.HeadsNo), commit.Body);
        if (header.ComputeId() != commit.Id)
        {
            return "does not hold what its id says, or does not follow the one before it";
        }

        if (!header.IsOfItsRoom)
        {
            return "founds another room than the one it stands in";
        }

        return header.Verify(commit.Log.Author.Certificate.SignKey, commit.Signature.Span) ? null : "is not signed by its author";
    }

    /// <summary>The end of the log just before a commit.</summary>
    public static LogHead HeadBefore(LogStore store, StoredCommit commit)
    {
        LogHead empty = LogHead.Empty(commit.Log);
        long sequence = commit.Number.Sequence - 1;
        if (sequence == 0)
        {
            return empty;
        }

        StoredCommit previous = store.Commits.Load(commit.Log.NumberOf(sequence));
        return empty with { Sequence = sequence, Id = previous.Id, Hlc = previous.Hlc, Heads = store.Heads.Get(previous.HeadsNo) };
    }
}
