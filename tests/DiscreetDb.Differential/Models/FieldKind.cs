namespace DiscreetDb.Differential.Models;

/// <summary>Types of fields (dialect §3.3).</summary>
internal enum FieldKind
{
    Integer,
    Float,
    Boolean,
    String,
    Base64,
    Json,
    Single,
    Many,
}
