using DiscreetDb.Query.Plans;

namespace DiscreetDb.Query;

/// <summary>An answer in UTF-8 JSON, and what must change for it to change.</summary>
internal readonly record struct QueryAnswer(ReadOnlyMemory<byte> Utf8, AnswerDependencies Dependencies);
