using DiscreetDb.Core;

namespace DiscreetDb.Log;

/// <summary>A commit as <c>$commit</c> holds it, decoded.</summary>
internal sealed class StoredCommit(CommitNumber number, DeviceLog log, CommitStamp stamp, int headsNo, bool isVoid, ReadOnlyMemory<byte> signature, CommitBody body)
{
    public CommitNumber Number { get; } = number;

    public DeviceLog Log { get; } = log;

    public CommitStamp Stamp { get; } = stamp;

    public Hlc Hlc => Stamp.Hlc;

    public Hash256 Id => Stamp.Id;

    /// <summary>Number of its rights heads in <c>$heads</c>; 0 for none.</summary>
    public int HeadsNo { get; } = headsNo;

    public bool IsVoid { get; } = isVoid;

    public ReadOnlyMemory<byte> Signature { get; } = signature;

    public CommitBody Body { get; } = body;
}
