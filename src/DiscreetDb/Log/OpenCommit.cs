using DiscreetDb.Core;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>A local commit being written: its place is known from the start, because the ids of its rows derive from it.</summary>
internal sealed class OpenCommit(WriteTransaction transaction, DeviceLog log, LogHead after, Hlc hlc, ReadOnlyMemory<Hash256> heads, CommitBodyBuilder builder)
{
    private readonly CommitPosition _position = after.NextPosition(hlc);

    public DeviceLog Log { get; } = log;

    public LogHead After { get; } = after;

    public Hlc Hlc { get; } = hlc;

    /// <summary>The rights it is made under.</summary>
    public ReadOnlyMemory<Hash256> Heads { get; } = heads;

    public CommitBodyBuilder Builder { get; } = builder;

    public ProjectedCommit Scope { get; } = new(
        transaction, log, log.NumberOf(after.Sequence + 1), new CommitStamp(hlc, Hash256.Zero), IsNewest: true);

    /// <summary>The id of the row the next operation would insert.</summary>
    public Uid NextRow() => RowId.Derive(_position, Builder.OperationCount);
}
