using DiscreetDb.Core;
using DiscreetDb.Query.Ir;
using DiscreetDb.Storage;

namespace DiscreetDb.Query.Plans;

/// <summary>What must change for an answer to change: what a live query looks for in every change set.</summary>
internal readonly struct AnswerDependencies(Plan plan, Value[] variables)
{
    /// <summary>Whether any of the changes can change the answer.</summary>
    public bool AreMetBy(ChangeSet changes)
    {
        foreach (RowChange change in changes.Rows)
        {
            if (IsMetBy(change))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsMetBy(in RowChange change)
    {
        foreach (PlanDependency dependency in plan.Dependencies)
        {
            if (dependency.Entity.CanonicalName == change.Entity && (dependency.Room is null || GetRoom(dependency.Room) == change.Room))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Null for local rows.</summary>
    private Uid? GetRoom(Operand operand)
    {
        Value room = operand is Operand.Variable variable ? variables[variable.Slot] : ((Operand.Literal)operand).Value;
        return room.IsNull ? null : room.AsUid;
    }
}
