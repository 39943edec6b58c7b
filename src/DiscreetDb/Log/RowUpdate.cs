namespace DiscreetDb.Log;

/// <summary>What an update changes of a row that is shown: the fields it won, and what follows.</summary>
internal sealed class RowUpdate
{
    public List<FieldAssignment> Assignments { get; } = [];

    /// <summary>The versions after the update.</summary>
    public FieldVersions? Versions { get; set; }

    /// <summary>The commit, if it holds the newest operation on the row.</summary>
    public CommitNumber? Newest { get; set; }

    public long Mdate { get; set; }

    public int Author { get; set; }

    public void Clear()
    {
        Assignments.Clear();
        Versions = null;
        Newest = null;
    }
}
