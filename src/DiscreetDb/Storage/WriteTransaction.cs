namespace DiscreetDb.Storage;

/// <summary>What a piece of work sees of the transaction it runs in. Valid only inside the work.</summary>
internal sealed class WriteTransaction
{
    private readonly List<Action> _undo = [];

    internal WriteTransaction(Connection connection) => Connection = connection;

    public Connection Connection { get; }

    /// <summary>What changed so far; taken back with the savepoint when the work throws.</summary>
    public ChangeSet Changes { get; private set; } = new();

    internal int UndoCount => _undo.Count;

    /// <summary>Called when the work's savepoint or the whole transaction is rolled back: undo state kept in memory.</summary>
    public void OnRollback(Action undo) => _undo.Add(undo);

    /// <summary>The transaction is durable: what it changed, and a clean slate for the next.</summary>
    internal ChangeSet TakeChanges()
    {
        ChangeSet changes = Changes;
        Changes = new ChangeSet();
        _undo.Clear();
        return changes;
    }

    /// <summary>Takes back the memory of everything after a point, newest first.</summary>
    internal void Undo(int undoCount, int changeCount)
    {
        for (int i = _undo.Count - 1; i >= undoCount; i--)
        {
            _undo[i]();
        }

        _undo.RemoveRange(undoCount, _undo.Count - undoCount);
        Changes.Truncate(changeCount);
    }
}
