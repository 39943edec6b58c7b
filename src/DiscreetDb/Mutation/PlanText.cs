using System.Diagnostics;
using System.Text;
using DiscreetDb.Core;
using DiscreetDb.Query.Parameters;

namespace DiscreetDb.Mutation;

/// <summary>Plans as stable s-expressions: what <c>ToString()</c> gives, snapshots hold and <c>explain</c> shows.</summary>
internal static class PlanText
{
    public static string Of(MutationPlan plan)
    {
        StringBuilder text = new("(mutate");
        foreach (MutationRootNode root in plan.Roots)
        {
            text.Append(" (").Append(Encoding.UTF8.GetString(root.Key.Span)).Append(' ');
            Write(text, root.Object, plan.Variables);
            text.Append(')');
        }

        return text.Append(')').ToString();
    }

    public static string Of(DeletionPlan plan)
    {
        StringBuilder text = new("(delete");
        foreach (DeletionNode node in plan.Roots)
        {
            text.Append(" (").Append(node.Links.IsEmpty ? "row " : "links ").Append(node.Entity).Append(' ').Append(Of(node.Id, plan.Variables));
            foreach (LinkRemoval links in node.Links)
            {
                text.Append(" (").Append(links.Field);
                foreach (WriteOperand target in links.Targets)
                {
                    text.Append(' ').Append(Of(target, plan.Variables));
                }

                text.Append(')');
            }

            text.Append(')');
        }

        return text.Append(')').ToString();
    }

    private static void Write(StringBuilder text, MutationNode node, VariableTable variables)
    {
        text.Append(node.IsNew ? "(insert " : "(existing ").Append(node.Entity);
        if (node.Id is { } id)
        {
            text.Append(' ').Append(Of(id, variables));
        }

        if (node.Room is { } room)
        {
            text.Append(" (room ").Append(Of(room, variables)).Append(')');
        }

        foreach (MutationStep step in node.Steps)
        {
            text.Append(' ');
            Write(text, step, variables);
        }

        text.Append(')');
    }

    private static void Write(StringBuilder text, MutationStep step, VariableTable variables)
    {
        switch (step)
        {
            case MutationStep.SetValue set:
                text.Append("(set ").Append(set.Field).Append(' ').Append(Of(set.Value, variables));
                break;
            case MutationStep.SetReference set:
                text.Append("(refer ").Append(set.Field).Append(' ');
                Write(text, set.Target, variables);
                break;
            case MutationStep.AddLinks add:
                text.Append("(link ").Append(add.Field);
                foreach (MutationNode target in add.Targets)
                {
                    text.Append(' ');
                    Write(text, target, variables);
                }

                break;
            case MutationStep.Clear clear:
                text.Append("(clear ").Append(clear.Field);
                break;
            case MutationStep.Move move:
                text.Append("(move ").Append(Of(move.Room, variables));
                break;
            default:
                throw new UnreachableException();
        }

        text.Append(')');
    }

    private static string Of(WriteOperand operand, VariableTable variables)
    {
        if (operand.Slot is { } slot)
        {
            return $"${variables[slot].Name}";
        }

        Value value = operand.Get([]);
        return value.Kind is ValueKind.Text ? $"\"{value}\"" : value.ToString();
    }
}
