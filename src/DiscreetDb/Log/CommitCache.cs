namespace DiscreetDb.Log;

/// <summary>
/// Decoded commits, bounded by the size of their bodies. Two generations: when the young one is full it becomes the old
/// one and what was old goes, so what is used stays at the cost of no bookkeeping per use.
/// </summary>
internal sealed class CommitCache(int generationSizeBytes = CommitCache.DefaultGenerationSizeBytes)
{
    private const int DefaultGenerationSizeBytes = 4 * 1024 * 1024;

    // What a decoded commit weighs beside its body.
    private const int OverheadBytes = 512;

    private Dictionary<CommitNumber, StoredCommit> _young = [];
    private Dictionary<CommitNumber, StoredCommit> _old = [];
    private int _youngSizeBytes;

    public StoredCommit? Find(CommitNumber number)
    {
        if (_young.TryGetValue(number, out StoredCommit? commit))
        {
            return commit;
        }

        if (_old.Remove(number, out commit))
        {
            Add(commit);
        }

        return commit;
    }

    public void Add(StoredCommit commit)
    {
        if (_youngSizeBytes > generationSizeBytes)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
            _youngSizeBytes = 0;
        }

        _young[commit.Number] = commit;
        _youngSizeBytes += commit.Body.Bytes.Length + OverheadBytes;
    }

    public void Remove(CommitNumber number)
    {
        _young.Remove(number);
        _old.Remove(number);
    }

    public void Clear()
    {
        _young.Clear();
        _old.Clear();
        _youngSizeBytes = 0;
    }
}
