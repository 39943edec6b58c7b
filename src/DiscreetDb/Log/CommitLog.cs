using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>The signed log of an open database and the one way to write to it. Used on the writer's thread only.</summary>
internal sealed class CommitLog
{
    /// <summary>The model the tables are projected by; replaced by a model update inside its transaction.</summary>
    public DataModel Model => throw new NotSupportedException();

    /// <summary>
    /// Begins what one document changes. The caller ends it with <see cref="CommitBatch.Complete" />, or throws, so that its
    /// savepoint takes everything back; only one batch is open at a time.
    /// </summary>
    public CommitBatch Begin(WriteTransaction transaction) => throw new NotSupportedException();
}
