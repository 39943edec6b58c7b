using System.Collections.Immutable;

namespace DiscreetDb.Query.Plans.Grouping;

/// <summary>
/// Groups formed here, in a hash table, from rows as they lie: SQLite would sort all of them first (docs/adr/0021). The statement
/// yields the columns of keys and of what is aggregated; groups are written in the order of their keys.
/// </summary>
/// <param name="Keys">What the rows are grouped by, in the order of selection.</param>
/// <param name="Aggregates">What is computed of each group.</param>
/// <param name="Members">What is written of each group, in order.</param>
internal sealed record GroupingPlan(ImmutableArray<GroupKey> Keys, ImmutableArray<GroupAggregate> Aggregates, ImmutableArray<GroupMember> Members);
