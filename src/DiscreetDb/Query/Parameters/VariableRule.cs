namespace DiscreetDb.Query.Parameters;

/// <summary>What a place asks of a value beside its type.</summary>
[Flags]
internal enum VariableRule
{
    None = 0,

    /// <summary>The bytes are 16: an id.</summary>
    Id = 1,

    /// <summary>The integer is not negative: <c>first</c> and <c>skip</c>.</summary>
    Count = 2,
}
