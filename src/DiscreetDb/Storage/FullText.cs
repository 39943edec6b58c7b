namespace DiscreetDb.Storage;

/// <summary>The full text of the entities: trigrams of every row, taken in behind the acknowledgement of writes.</summary>
internal sealed class FullText
{
    /// <summary>The number of a new row of the table, for its column <c>$doc</c>; greater than every number before.</summary>
    public long NextDoc(WriteTransaction transaction, string table) => throw new NotSupportedException();

    /// <summary>Tells that the text of a row changed, or that the row is gone; the index follows before the next search.</summary>
    public void Changed(WriteTransaction transaction, string table, long doc) => throw new NotSupportedException();
}
