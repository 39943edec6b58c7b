using DiscreetDb.Log;

namespace DiscreetDb.Mutation;

/// <summary>What a mutation answers: its JSON (dialect §7.6) and the commits it became, none if nothing changed.</summary>
internal readonly record struct MutationOutcome(ReadOnlyMemory<byte> Utf8, IReadOnlyList<CommitSummary> Commits);
