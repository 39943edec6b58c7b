namespace DiscreetDb.Storage;

/// <summary>Where an integrity check found something.</summary>
internal enum IntegrityArea
{
    /// <summary>A page of the file that does not verify: damaged, or written by somebody without the key.</summary>
    Page,

    /// <summary>Trees, indexes or the full text contradict each other.</summary>
    Structure,
}

/// <summary>One thing that is wrong with a file.</summary>
internal sealed record IntegrityFinding(IntegrityArea Area, string Text);
