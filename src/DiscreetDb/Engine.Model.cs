using DiscreetDb.Mutation;
using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb;

internal sealed partial class Engine
{
    // Versions are never used twice, not even that of an update that was taken back: plans are kept by version.
    private long _lastModelVersion;

    /// <summary>Replaces the model by this complete text in one transaction; refused: an error, and nothing changed.</summary>
    public async ValueTask UpdateModelAsync(string model, CancellationToken cancellationToken)
    {
        DataModel next = await _database.Writer.RunAsync(transaction => UpdateModel(transaction, model), cancellationToken).ConfigureAwait(false);
        _models.Adopt(next);
    }

    private DataModel UpdateModel(WriteTransaction transaction, string model)
    {
        if (model == _log.Model.Text)
        {
            return _log.Model;
        }

        WriteTables before = _writeTables;
        DataModel next = ModelUpdate.Run(_log, transaction, model, ++_lastModelVersion);
        transaction.OnRollback(() =>
        {
            _writeTables = before;
            _models.Withdraw(next);
        });
        _writeTables = new WriteTables(next);
        _models.Announce(next);
        return next;
    }
}
