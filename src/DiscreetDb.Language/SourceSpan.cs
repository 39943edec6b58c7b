namespace DiscreetDb.Language;

/// <summary>A place in a text: start and length in bytes of its UTF-8 form.</summary>
internal readonly record struct SourceSpan(int Start, int Length);
