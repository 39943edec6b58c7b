namespace DiscreetDb.Storage;

/// <summary>
/// One transaction for many pieces of work. Each runs in a savepoint of its own; what fails, fails alone. When the
/// transaction itself fails, every piece of it fails and nothing of it remains, in the file or in memory.
/// </summary>
internal sealed class GroupCommit(Connection connection, WriteTransaction transaction)
{
    private readonly List<WriterWork> _done = [];
    private bool _isOpen;

    /// <summary>Pieces that would be committed now.</summary>
    public int Count => _done.Count;

    /// <summary>Runs one piece, beginning the transaction if need be. A failure has reached its task when this returns.</summary>
    public void Run(WriterWork piece)
    {
        int undoCount = transaction.UndoCount;
        int changeCount = transaction.Changes.Count;
        try
        {
            Begin();
            piece.Run(transaction);
            if (_done.Count > 0)
            {
                connection.Run("RELEASE piece");
            }

            _done.Add(piece);
        }
        catch (Exception e)
        {
            TakeBack(e, undoCount, changeCount);
            piece.Fail(e);
        }
    }

    /// <summary>
    /// Makes the transaction durable, tells <paramref name="committed" /> what it changed and then completes the tasks.
    /// Returns how many pieces it held.
    /// </summary>
    public int Commit(Action<ChangeSet>? committed)
    {
        if (_done.Count == 0)
        {
            Abandon();
            return 0;
        }

        try
        {
            connection.Run("COMMIT");
        }
        catch (DiscreetException e)
        {
            Abandon(e);
            return 0;
        }

        _isOpen = false;
        committed?.Invoke(transaction.TakeChanges());
        int count = _done.Count;
        foreach (WriterWork piece in _done)
        {
            piece.Complete();
        }

        _done.Clear();
        return count;
    }

    /// <summary>The first piece needs no savepoint: if it fails, nothing else is in the transaction yet.</summary>
    private void Begin()
    {
        if (!_isOpen)
        {
            connection.Run("BEGIN IMMEDIATE");
            _isOpen = true;
        }
        else if (_done.Count > 0)
        {
            connection.Run("SAVEPOINT piece");
        }
    }

    private void TakeBack(Exception failure, int undoCount, int changeCount)
    {
        // On some errors, a full disk among them, SQLite has rolled back the whole transaction by itself.
        if (_done.Count == 0 || !connection.IsInTransaction || !TryRollBackPiece())
        {
            Abandon(failure);
            return;
        }

        transaction.Undo(undoCount, changeCount);
    }

    private bool TryRollBackPiece()
    {
        try
        {
            connection.Run("ROLLBACK TO piece");
            connection.Run("RELEASE piece");
            return true;
        }
        catch (DiscreetException)
        {
            return false;
        }
    }

    private void Abandon(Exception failure)
    {
        Abandon();
        foreach (WriterWork piece in _done)
        {
            piece.Fail(failure);
        }

        _done.Clear();
    }

    private void Abandon()
    {
        if (connection.IsInTransaction)
        {
            connection.Run("ROLLBACK");
        }

        _isOpen = false;
        transaction.Undo(0, 0);
    }
}
