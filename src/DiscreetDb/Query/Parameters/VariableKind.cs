namespace DiscreetDb.Query.Parameters;

/// <summary>What the place of a variable or literal holds (dialect §5).</summary>
internal enum VariableKind
{
    Boolean,
    Integer,
    Float,
    String,
    Base64,
    Json,

    /// <summary>A JSON selector in a filter: any scalar. Used elsewhere too, the variable has the type of that other place.</summary>
    Selector,
}
