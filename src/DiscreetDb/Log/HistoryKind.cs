namespace DiscreetDb.Log;

/// <summary>Why a commit stands in a row's history.</summary>
internal enum HistoryKind
{
    /// <summary>It inserts the row, which is not shown: deleted, incomplete, void, or of an entity the model does not know.</summary>
    Insert = 0,

    /// <summary>It deletes the row.</summary>
    Delete = 1,

    /// <summary>It changes fields, or links that start at the row.</summary>
    Change = 2,
}
