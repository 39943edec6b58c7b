using System.Collections.Immutable;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Plans.Grouping;

namespace DiscreetDb.Query.Plans;

/// <summary>One statement of a plan and what is written of its rows.</summary>
internal sealed class PlanNode
{
    /// <summary>Position among the nodes of the plan.</summary>
    public required int Index { get; init; }

    public required string Sql { get; init; }

    /// <summary>Parameters that are the same in the whole run.</summary>
    public required ImmutableArray<ParameterBinding> RunBindings { get; init; }

    /// <summary>Parameters that come from the parent's row.</summary>
    public required ImmutableArray<ParameterBinding> ParentBindings { get; init; }

    /// <summary>What is written of each row; empty where groups are formed here.</summary>
    public required ImmutableArray<PlanField> Fields { get; init; }

    /// <summary>How groups are formed of the rows; null where the rows of the statement are what is written.</summary>
    public required GroupingPlan? Grouping { get; init; }

    /// <summary>An array of objects, or one object or null.</summary>
    public required bool IsList { get; init; }

    /// <summary>Whether a parent without value in the linking column has nothing here, so nothing needs to run.</summary>
    public required bool NeedsParentValue { get; init; }

    /// <summary>What its emptiness means for the parent's row.</summary>
    public required Presence Presence { get; init; }

    /// <summary>Limits counted by the writer; null where the statement counts.</summary>
    public required Operand? First { get; init; }

    /// <inheritdoc cref="First" />
    public required Operand? Skip { get; init; }

    /// <inheritdoc />
    public override string ToString() => Sql;
}
