using DiscreetDb.Core;
using DiscreetDb.Query.Model;
using DiscreetDb.Rooms;

namespace DiscreetDb.Log;

/// <summary>What a log is opened with.</summary>
internal sealed record LogOptions
{
    /// <summary>Whose database it is.</summary>
    public required UserKeys User { get; init; }

    /// <summary>The model stored in it, or the first one.</summary>
    public required DataModel Model { get; init; }

    /// <summary>The rights of rooms without a definition; those of shared rooms are read from their rights logs.</summary>
    public required IRights OwnRooms { get; init; }

    /// <summary>Numbers the rows. Default: without a full text.</summary>
    public IDocuments Documents { get; init; } = new NumberedRows();

    /// <summary>Nonces of rooms that are founded.</summary>
    public IRandomSource Random { get; init; } = new SystemRandom();

    public required TimeProvider TimeProvider { get; init; }
}
