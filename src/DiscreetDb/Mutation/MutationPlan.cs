using System.Collections.Immutable;
using DiscreetDb.Language;
using DiscreetDb.Query.Model;
using DiscreetDb.Query.Parameters;

namespace DiscreetDb.Mutation;

/// <summary>
/// A mutation document resolved against one model version: a tree of objects in the order of the text, every name bound,
/// every value a literal or a variable. Immutable; the same plan runs for any parameters.
/// </summary>
internal sealed record MutationPlan
{
    /// <summary>The tables of the model the names were bound to; the plan is valid for no other.</summary>
    public required WriteTables Tables { get; init; }

    /// <summary>The text, for the places of errors found while executing.</summary>
    public required SourceText Source { get; init; }

    /// <summary>The roots in the order of the text.</summary>
    public required ImmutableArray<MutationRootNode> Roots { get; init; }

    /// <summary>Positions in <see cref="Roots" /> by the UTF-8 bytes of their keys: the order of the answer.</summary>
    public required ImmutableArray<int> AnswerOrder { get; init; }

    /// <summary>How many objects the document has; each has a number below it.</summary>
    public required int NodeCount { get; init; }

    /// <summary>The variables of the document.</summary>
    public required VariableTable Variables { get; init; }

    /// <summary>The place of the first <c>sys.Room</c> object that defines something, if there is one.</summary>
    public SourceSpan? RoomDefinition { get; init; }

    /// <inheritdoc />
    public override string ToString() => PlanText.Of(this);
}

/// <summary>One root: the key of its answer and its object.</summary>
internal sealed record MutationRootNode(ReadOnlyMemory<byte> Key, MutationNode Object);

/// <summary>One object of a mutation: a row to insert, to change, or only to refer to.</summary>
internal sealed record MutationNode
{
    /// <summary>Number of the object in its document, counted in the order of the text.</summary>
    public required int Index { get; init; }

    /// <summary>The entity of the row.</summary>
    public required Entity Entity { get; init; }

    /// <summary>Id of an existing row; null for a new one.</summary>
    public required WriteOperand? Id { get; init; }

    /// <summary>
    /// The room of a new row: its own <c>room_id</c> or the one handed down by the text (dialect §7.5). Null where none is
    /// named, and for an existing row, which stays where it is unless a <see cref="MutationStep.Move" /> says otherwise.
    /// </summary>
    public required WriteOperand? Room { get; init; }

    /// <summary>What the object assigns, in the order of the text; a new row is also assigned its defaults, after that.</summary>
    public required ImmutableArray<MutationStep> Steps { get; init; }

    /// <summary>What the answer echoes, in the order of the member names' UTF-8 bytes, <c>id</c> among them.</summary>
    public required ImmutableArray<AnswerMember> Answer { get; init; }

    /// <summary>Where the object stands, or its id if it has one.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>Whether the object inserts a row.</summary>
    public bool IsNew => Id is null;
}

/// <summary>One assignment of an object. The hierarchy is closed.</summary>
internal abstract record MutationStep(Field Field)
{
    /// <summary>A scalar or <c>_binary</c> gets a value, which may be null.</summary>
    internal sealed record SetValue(Field Field, WriteOperand Value) : MutationStep(Field);

    /// <summary>A single relation gets a target.</summary>
    internal sealed record SetReference(Field Field, MutationNode Target) : MutationStep(Field);

    /// <summary>A multiple relation gets further targets.</summary>
    internal sealed record AddLinks(Field Field, ImmutableArray<MutationNode> Targets) : MutationStep(Field);

    /// <summary>A relation loses its links.</summary>
    internal sealed record Clear(Field Field) : MutationStep(Field);

    /// <summary>An existing row is to be in this room; null makes it local.</summary>
    internal sealed record Move(Field Field, WriteOperand Room) : MutationStep(Field);
}

/// <summary>A member of an answer. <c>id</c> is the one without a step.</summary>
internal readonly record struct AnswerMember(ReadOnlyMemory<byte> Name, MutationStep? Step);
