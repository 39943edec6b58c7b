using DiscreetDb.Differential.Answers;

namespace DiscreetDb.Differential.Evaluation;

/// <summary>A row or group that passed the filters: its answer, its values by name, and what orders it when nothing else does.</summary>
internal sealed record Candidate(Expected Answer, Func<string, object?> ValueOf, IReadOnlyList<object?> LastKeys);
