using System.Text;
using DiscreetDb.Query.Model;
using DiscreetDb.Telemetry;

namespace DiscreetDb;

public sealed partial class Discreet
{
    /// <summary>The model in force as JSON: namespaces, entities, fields and indexes, <c>sys</c> first.</summary>
    public string DataModel() => Encoding.UTF8.GetString(DataModelJson.Write(_engine.Model).Span);

    /// <summary>Replaces the model by this complete text in one transaction. Refused: an error, and nothing changed.</summary>
    /// <param name="model">The whole model, also what did not change.</param>
    /// <param name="cancellationToken">Stops the update before it began; once it has, it ends.</param>
    /// <exception cref="DiscreetException">
    /// What is wrong with the text, or with the change: <see cref="ErrorCode.MissingField" />,
    /// <see cref="ErrorCode.MissingEntity" />, <see cref="ErrorCode.FieldTypeChanged" />,
    /// <see cref="ErrorCode.MissingDefaultValue" />, <see cref="ErrorCode.InvalidRename" />.
    /// </exception>
    public async Task UpdateDataModelAsync(string model, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        try
        {
            await _engine.UpdateModelAsync(model, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled)
        {
            throw Cancellation.Error(cancelled);
        }

        long version = _engine.Model.Version;
        _logger.ModelUpdated(version);
        _events.Publish(new DiscreetEvent.DataModelChanged(version));
    }

    /// <inheritdoc cref="UpdateDataModelAsync" />
    public void UpdateDataModel(string model) => Blocking.Wait(UpdateDataModelAsync(model));
}
