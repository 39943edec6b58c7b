namespace DiscreetDb.Log;

/// <summary>One log as this database numbers it: a device's data or rights log in a room.</summary>
internal sealed record DeviceLog(int No, Uid Room, Uid Device, CommitKind Kind, Author Author)
{
    public bool IsLocal => Room.IsZero;

    public CommitNumber NumberOf(long sequence) => new(No, sequence);
}
