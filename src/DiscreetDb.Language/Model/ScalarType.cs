namespace DiscreetDb.Language.Model;

/// <summary>The six words that name scalar types, in any case.</summary>
internal enum ScalarType
{
    Integer,
    Float,
    Boolean,
    String,
    Base64,
    Json,
}
