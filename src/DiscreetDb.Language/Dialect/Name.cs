namespace DiscreetDb.Language.Dialect;

/// <summary>An identifier and where it stands.</summary>
internal readonly record struct Name(string Text, SourceSpan Span);
