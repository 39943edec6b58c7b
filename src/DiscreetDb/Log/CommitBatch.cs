using DiscreetDb.Core;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Log;

/// <summary>A value for a field. For a single relation the value is a Reference or Null.</summary>
internal readonly record struct FieldAssignment(Field Field, Value Value);

/// <summary>One commit as a caller sees it.</summary>
internal readonly record struct CommitSummary(Uid Room, long Sequence, int OperationCount);

/// <summary>
/// Everything one document changes, becoming one commit per room (more beyond the bounds of a commit). Each operation is
/// projected at once, so later reads of the same document see it; <see cref="Complete" /> chains and signs.
/// A null room means a local row: the log under the zero room.
/// </summary>
internal sealed class CommitBatch
{
    /// <summary>Date of every operation of this batch, in milliseconds since 1970.</summary>
    public long Mdate => throw new NotSupportedException();

    /// <summary>Inserts a row; its id is derived (log.md §2). Defaults are already among the values.</summary>
    /// <exception cref="DiscreetException">RowTooLarge.</exception>
    public Uid Insert(Entity entity, Uid? room, ReadOnlySpan<FieldAssignment> values) => throw new NotSupportedException();

    /// <summary>Sets fields and single relations of an existing row.</summary>
    public void Update(Entity entity, Uid? room, Uid row, ReadOnlySpan<FieldAssignment> values) => throw new NotSupportedException();

    public void Link(Entity entity, Uid? room, Uid row, Field links, Uid target) => throw new NotSupportedException();

    public void Unlink(Entity entity, Uid? room, Uid row, Field links, Uid target) => throw new NotSupportedException();

    public void Delete(Entity entity, Uid? room, Uid row) => throw new NotSupportedException();

    /// <summary>Signs and stores the commits.</summary>
    public IReadOnlyList<CommitSummary> Complete() => throw new NotSupportedException();
}
