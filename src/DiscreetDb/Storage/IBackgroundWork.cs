namespace DiscreetDb.Storage;

/// <summary>Work the writer does in slices when nobody waits for it.</summary>
internal interface IBackgroundWork
{
    /// <summary>So much has piled up that writers must wait for it.</summary>
    bool IsUrgent { get; }

    /// <summary>Does one slice, in a transaction of its own. True when more is to be done now.</summary>
    bool RunSlice(Connection connection);
}
