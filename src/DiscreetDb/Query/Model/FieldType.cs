namespace DiscreetDb.Query.Model;

/// <summary>What a field holds.</summary>
internal enum FieldType
{
    Integer,
    Float,
    Boolean,
    String,
    Base64,
    Json,

    /// <summary>A link to at most one row.</summary>
    Reference,

    /// <summary>Links to any number of rows, a set.</summary>
    Links,
}
