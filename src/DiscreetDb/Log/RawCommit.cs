namespace DiscreetDb.Log;

/// <summary>A commit as its columns hold it, the body not read.</summary>
internal readonly record struct RawCommit(CommitNumber Number, CommitStamp Stamp, int HeadsNo, bool IsVoid, byte[] Signature, byte[] Body)
{
    public StoredCommit Decoded(DeviceLog log, CommitBody body) => new(Number, log, Stamp, HeadsNo, IsVoid, Signature, body);
}
