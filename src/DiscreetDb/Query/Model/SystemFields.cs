using System.Collections.Frozen;
using System.Collections.Immutable;

namespace DiscreetDb.Query.Model;

/// <summary>The fields every entity has beside its declared ones (dialect §3.5). One object each, shared by all entities.</summary>
internal static class SystemFields
{
    /// <summary>The id of the row.</summary>
    public static Field Id { get; } = Create("id", SystemField.Id, FieldType.Base64, "id");

    /// <summary>The room of the row, null for a local one.</summary>
    public static Field RoomId { get; } = Create("room_id", SystemField.RoomId, FieldType.Base64, "room_id", isNullable: true);

    /// <summary>Date of the insertion.</summary>
    public static Field Cdate { get; } = Create("cdate", SystemField.Cdate, FieldType.Integer, "cdate");

    /// <summary>Date of the newest operation.</summary>
    public static Field Mdate { get; } = Create("mdate", SystemField.Mdate, FieldType.Integer, "mdate");

    /// <summary>Who made the newest operation; the column holds the number of the key in <c>$user</c>.</summary>
    public static Field VerifyingKey { get; } =
        Create("verifying_key", SystemField.VerifyingKey, FieldType.Base64, "$author");

    /// <summary>Signature of the newest commit; the column holds the number of the commit.</summary>
    public static Field Signature { get; } = Create("_signature", SystemField.Signature, FieldType.Base64, "$newest");

    /// <summary>The canonical entity name: a constant, without column.</summary>
    public static Field EntityName { get; } = Create("_entity", SystemField.EntityName, FieldType.String, string.Empty);

    /// <summary>The row's own scalars as JSON: computed, without column.</summary>
    public static Field JsonText { get; } = Create("_json", SystemField.JsonText, FieldType.String, string.Empty);

    /// <summary>Free bytes.</summary>
    public static Field Binary { get; } = Create("_binary", SystemField.Binary, FieldType.Base64, "_binary", isNullable: true);

    /// <summary>The peer of <see cref="VerifyingKey" />. Its target is <c>sys.Peer</c>, the same object in every model.</summary>
    public static Field SysPeer { get; } = Create("sys_peer", SystemField.SysPeer, FieldType.Reference, "$author");

    /// <summary>The room of <see cref="RoomId" />. Its target is <c>sys.Room</c>, the same object in every model.</summary>
    public static Field SysRoom { get; } = Create("sys_room", SystemField.SysRoom, FieldType.Reference, "room_id");

    /// <summary>All of them, in the order of the specification.</summary>
    public static ImmutableArray<Field> All { get; } =
        [Id, RoomId, Cdate, Mdate, VerifyingKey, Signature, EntityName, JsonText, Binary, SysPeer, SysRoom];

    private static readonly FrozenDictionary<string, Field> ByName =
        All.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);

    /// <summary>Finds a system field by its name.</summary>
    public static Field? Find(string name) => ByName.GetValueOrDefault(name);

    private static Field Create(string name, SystemField system, FieldType type, string column, bool isNullable = false) => new()
    {
        Name = name,
        LogName = name,
        ColumnName = column,
        Type = type,
        System = system,
        Index = -1,
        IsNullable = isNullable,
    };
}
