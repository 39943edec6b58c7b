namespace DiscreetDb.Differential.Models;

/// <summary>The system fields of every entity (dialect §3.5).</summary>
internal static class SystemFields
{
    public const string PeerKey = "sys.Peer";
    public const string RoomKey = "sys.Room";

    public static readonly IReadOnlyList<FieldSpec> All =
    [
        Scalar("id", FieldKind.Base64),
        Scalar("room_id", FieldKind.Base64, nullable: true),
        Scalar("cdate", FieldKind.Integer),
        Scalar("mdate", FieldKind.Integer),
        Scalar("verifying_key", FieldKind.Base64),
        Scalar("_signature", FieldKind.Base64),
        Scalar("_entity", FieldKind.String),
        Scalar("_json", FieldKind.String),
        Scalar("_binary", FieldKind.Base64, nullable: true),
        new FieldSpec("sys_peer", "sys_peer", FieldKind.Single) { Target = PeerKey, IsSystem = true },
        new FieldSpec("sys_room", "sys_room", FieldKind.Single) { Target = RoomKey, IsSystem = true },
    ];

    public static FieldSpec? Find(string name) => All.FirstOrDefault(f => f.Name == name);

    private static FieldSpec Scalar(string name, FieldKind kind, bool nullable = false) =>
        new(name, name, kind) { Nullable = nullable, IsSystem = true };
}
