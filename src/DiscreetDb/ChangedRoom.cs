namespace DiscreetDb;

/// <summary>The entities whose rows changed in one room.</summary>
/// <param name="RoomId">The room, or null: local rows.</param>
/// <param name="Entities">Canonical names, each once, in ascending order.</param>
public sealed record ChangedRoom(string? RoomId, IReadOnlyList<string> Entities);
