namespace DiscreetDb.Differential.Models;

/// <summary>A generated data model.</summary>
internal sealed record ModelSpec(IReadOnlyList<EntitySpec> Entities)
{
    /// <summary>What a query may say about the two relations every entity has.</summary>
    private static readonly EntitySpec Peer = new(SystemFields.PeerKey, "sys", "Peer", [new FieldSpec("pub_key", "pub_key", FieldKind.Base64)]);

    private static readonly EntitySpec Room = new(SystemFields.RoomKey, "sys", "Room", []);

    public EntitySpec Get(string key) => key switch
    {
        SystemFields.PeerKey => Peer,
        SystemFields.RoomKey => Room,
        _ => Entities.Single(e => e.Key == key),
    };
}
