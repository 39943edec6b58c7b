namespace DiscreetDb.Rooms;

/// <summary>A counting cut-off, admission or revocation that names a commit of a device's data log (log.md §4.4).</summary>
/// <param name="Place">Where it stands: pins are taken in rank order.</param>
/// <param name="UserOrAll">Whose devices it speaks of; null for everybody's.</param>
/// <param name="Position">The commit it names.</param>
/// <param name="IsRevocation">Whether it revokes the device.</param>
internal readonly record struct LogPin(RightsPlace Place, VerifyingKey? UserOrAll, LogPosition Position, bool IsRevocation)
{
    public bool Concerns(VerifyingKey user) => UserOrAll is null || UserOrAll.Value == user;
}
