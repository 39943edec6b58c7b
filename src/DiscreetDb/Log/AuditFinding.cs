namespace DiscreetDb.Log;

/// <summary>One thing that is wrong in the database: at a commit, or in the tables as a whole.</summary>
internal readonly record struct AuditFinding(DeviceLog? Log, long Sequence, string What)
{
    public override string ToString()
    {
        if (Log is null)
        {
            return What;
        }

        string room = Log.IsLocal ? "the local rows" : $"room {Log.Room}";
        return $"Commit {Sequence} of the {(Log.Kind == CommitKind.Data ? "data" : "rights")} log of device {Log.Device} in {room} {What}.";
    }
}
