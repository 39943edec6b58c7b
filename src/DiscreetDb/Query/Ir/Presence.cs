namespace DiscreetDb.Query.Ir;

/// <summary>What a nested read must yield for its parent to be kept; both flags together keep no parent.</summary>
[Flags]
internal enum Presence
{
    /// <summary>The parent is kept whatever it yields.</summary>
    Optional = 0,

    /// <summary>The parent is kept only if it yields something: a mandatory relation, or <c>rel != null</c>.</summary>
    Required = 1,

    /// <summary>The parent is kept only if it yields nothing: <c>rel = null</c>.</summary>
    Absent = 2,
}
