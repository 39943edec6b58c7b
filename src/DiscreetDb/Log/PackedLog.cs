using DiscreetDb.Core;

namespace DiscreetDb.Log;

/// <summary>Reads ranges of a log in the form they are sent in.</summary>
internal sealed class PackedLog(LogStore store)
{
    /// <summary>
    /// Packs the commits of a log from a sequence on: up to <paramref name="maxCount" /> of them, and no more once they have
    /// <paramref name="maxSizeBytes" />. Fewer than asked for means the end of the log.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Read(DeviceLog log, long fromSequence, int maxCount, int maxSizeBytes)
    {
        IReadOnlyList<RawCommit> commits = store.Commits.ReadRaw(log, fromSequence, maxCount);
        List<ReadOnlyMemory<byte>> packed = new(commits.Count);
        if (commits.Count == 0)
        {
            return packed;
        }

        LogHead head = fromSequence == 1 ? LogHead.Empty(log) : HeadAt(log, fromSequence - 1);
        using WireWriter writer = new();
        int sizeBytes = 0;
        foreach (RawCommit commit in commits)
        {
            ReadOnlyMemory<Hash256> heads = store.Heads.Get(commit.HeadsNo);
            writer.Clear();
            CommitCodec.Encode(commit, heads.Span, head, writer);
            packed.Add(writer.ToArray());
            head = head with { Sequence = commit.Number.Sequence, Id = commit.Stamp.Id, Hlc = commit.Stamp.Hlc, Heads = heads };
            sizeBytes += writer.Size;
            if (sizeBytes >= maxSizeBytes)
            {
                break;
            }
        }

        return packed;
    }

    private LogHead HeadAt(DeviceLog log, long sequence)
    {
        RawCommit commit = store.Commits.ReadRaw(log, sequence, 1)[0];
        return LogHead.Empty(log) with
        {
            Sequence = sequence,
            Id = commit.Stamp.Id,
            Hlc = commit.Stamp.Hlc,
            Heads = store.Heads.Get(commit.HeadsNo),
        };
    }
}
