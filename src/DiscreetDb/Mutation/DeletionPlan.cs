using System.Collections.Immutable;
using DiscreetDb.Language;
using DiscreetDb.Query.Model;
using DiscreetDb.Query.Parameters;

namespace DiscreetDb.Mutation;

/// <summary>A deletion document resolved against one model version. Immutable.</summary>
internal sealed record DeletionPlan
{
    /// <summary>The tables of the model the names were bound to; the plan is valid for no other.</summary>
    public required WriteTables Tables { get; init; }

    /// <summary>The text, for the places of errors found while executing.</summary>
    public required SourceText Source { get; init; }

    /// <summary>What goes, in the order of the text.</summary>
    public required ImmutableArray<DeletionNode> Roots { get; init; }

    /// <summary>The variables of the document.</summary>
    public required VariableTable Variables { get; init; }

    /// <inheritdoc />
    public override string ToString() => PlanText.Of(this);
}

/// <summary>A row that goes, or, with links, only these links of it.</summary>
internal sealed record DeletionNode(Entity Entity, WriteOperand Id, ImmutableArray<LinkRemoval> Links, SourceSpan Span);

/// <summary>Links of one multiple relation that go.</summary>
internal sealed record LinkRemoval(Field Field, ImmutableArray<WriteOperand> Targets);
