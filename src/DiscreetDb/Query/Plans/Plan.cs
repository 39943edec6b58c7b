using System.Collections.Immutable;
using System.Text;

namespace DiscreetDb.Query.Plans;

/// <summary>
/// A query ready to run: statements, where their parameters come from, what is written of their rows. Immutable; any
/// number of runs may use it at once.
/// </summary>
internal sealed class Plan
{
    public required ImmutableArray<PlanRoot> Roots { get; init; }

    /// <summary>Nodes of all roots; a node's index is below it.</summary>
    public required int NodeCount { get; init; }

    /// <summary>What must change for the answer to change.</summary>
    public required ImmutableArray<PlanDependency> Dependencies { get; init; }

    /// <summary>Whether a search needs the full text to be up to date first.</summary>
    public required bool HasSearch { get; init; }

    /// <summary>What it takes in memory, roughly.</summary>
    public required int SizeBytes { get; init; }

    /// <summary>The statements as a tree: the format of snapshots and of explain.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        foreach (PlanRoot root in Roots)
        {
            Append(text, root.Node, 0);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, PlanNode node, int depth)
    {
        text.Append(' ', depth * 2).Append($"S{node.Index} ").Append(node.Sql).Append('\n');
        foreach (PlanField field in node.Fields)
        {
            if (field.Child is not null)
            {
                Append(text, field.Child, depth + 1);
            }
        }
    }
}
