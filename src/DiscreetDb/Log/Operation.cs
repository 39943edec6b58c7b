namespace DiscreetDb.Log;

/// <summary>
/// One operation of a commit: what it does to which row, and where its values lie in the body. The values of a deleted row
/// may be erased; then their place holds their hash.
/// </summary>
internal readonly record struct Operation(OperationKind Kind, int EntityName, Uid Row, int ValuesStart, int ValuesSize, bool IsErased)
{
    public bool IsLink => Kind is OperationKind.Link or OperationKind.Unlink;

    /// <summary>How the row's history knows it.</summary>
    public HistoryKind HistoryKind => Kind switch
    {
        OperationKind.Insert => HistoryKind.Insert,
        OperationKind.Delete => HistoryKind.Delete,
        _ => HistoryKind.Change,
    };
}
