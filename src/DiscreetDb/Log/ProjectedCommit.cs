using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// A commit while its operations are projected. When it is newer than everything projected before it wins every merge, and
/// nothing is looked up to know so. Its own id is not known yet while a local one is being written, and not needed then.
/// </summary>
internal sealed record ProjectedCommit(WriteTransaction Transaction, DeviceLog Log, CommitNumber Number, CommitStamp Stamp, bool IsNewest)
{
    /// <summary>Rows that must be merged from the log once the commit is stored, by the entity an operation named.</summary>
    public HashSet<(string Entity, Uid Row)> Unsettled { get; } = [];

    public Connection Connection => Transaction.Connection;

    public Uid Room => Log.Room;

    public long Mdate => Stamp.Hlc.Milliseconds;

    /// <summary>Whether its operations win over those of another commit; over its own earlier ones they do.</summary>
    public bool IsAfter(ProjectionStore store, CommitNumber other) => IsNewest || other == Number || Stamp > store.StampOf(other);
}
