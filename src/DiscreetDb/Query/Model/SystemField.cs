namespace DiscreetDb.Query.Model;

/// <summary>The system fields of every entity (dialect §3.5), and None for a declared field.</summary>
internal enum SystemField
{
    None,
    Id,
    RoomId,
    Cdate,
    Mdate,
    VerifyingKey,
    Signature,
    EntityName,
    JsonText,
    Binary,
    SysPeer,
    SysRoom,
}
