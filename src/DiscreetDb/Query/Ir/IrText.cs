using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using DiscreetDb.Core;
using DiscreetDb.Query.Parameters;

namespace DiscreetDb.Query.Ir;

/// <summary>The IR as an s-expression: one line per read, clause and member, indented by two.</summary>
internal static class IrText
{
    public static string Of(QueryOperation operation)
    {
        StringBuilder text = new("(query");
        for (int slot = 0; slot < operation.Variables.Count; slot++)
        {
            Variable variable = operation.Variables[slot];
            NewLine(text, 1).Append($"(variable ${slot} {Quote(variable.Name)} {variable.Type})");
        }

        foreach (Root root in operation.Roots)
        {
            Write(NewLine(text, 1), root, 1);
        }

        return text.Append(')').ToString();
    }

    public static string Of(Root root) => Write(new StringBuilder(), root, 0).ToString();

    public static string Of(EntityRead read) => Write(new StringBuilder(), read, 0).ToString();

    public static string Of(Shape shape) => Write(new StringBuilder(), shape, 0).ToString();

    public static string Of(SelectedField field) => Write(new StringBuilder(), field, 0).ToString();

    public static string Of(Predicate predicate) => Write(new StringBuilder(), predicate, 0).ToString();

    public static string Of(OrderKey key) => $"({key.Expr} {(key.IsDescending ? "desc" : "asc")})";

    public static string Of(Source source) => source switch
    {
        Source.AllRows => "all",
        Source.Reference reference => $"(reference {reference.Field.Name})",
        Source.Links links => $"(links {links.Field.Name})",
        Source.SystemLink link => $"(system {link.Field})",
        _ => throw new UnreachableException(),
    };

    public static string Of(Expr expr) => expr switch
    {
        Expr.Column column => column.Field.Name,
        Expr.JsonAt json => $"(json {json.Field.Name} {Quote(json.Path.Text)})",
        Expr.Rank => "(rank)",
        Expr.Aggregate { Field: null } aggregate => $"({Name(aggregate.Kind)})",
        Expr.Aggregate aggregate => $"({Name(aggregate.Kind)} {aggregate.Field.Name})",
        _ => throw new UnreachableException(),
    };

    public static string Of(Operand operand) => operand switch
    {
        Operand.Literal literal => Print(literal.Value),
        Operand.Variable variable => $"${variable.Slot}",
        _ => throw new UnreachableException(),
    };

    public static string Of(Page page)
    {
        StringBuilder text = new($"(page {page.Counter.ToString().ToLowerInvariant()}");
        AppendClause(text, "first", page.First);
        AppendClause(text, "skip", page.Skip);
        AppendClause(text, "after", page.After);
        AppendClause(text, "before", page.Before);
        return text.Append(')').ToString();
    }

    private static StringBuilder Write(StringBuilder text, Root root, int depth)
    {
        text.Append($"(root {Quote(root.ResponseKey)} ");
        return Write(text, root.Read, depth).Append(')');
    }

    private static StringBuilder Write(StringBuilder text, EntityRead read, int depth)
    {
        text.Append($"(read {read.Entity.CanonicalName} {read.Source}");
        if (read.Presence != Presence.Optional)
        {
            NewLine(text, depth + 1).Append($"(presence {read.Presence.ToString().ToLowerInvariant()})");
        }

        if (read.Where is not Predicate.True)
        {
            Write(NewLine(text, depth + 1).Append("(where "), read.Where, depth + 1).Append(')');
        }

        if (read.Search is not null)
        {
            NewLine(text, depth + 1).Append($"(search {read.Search})");
        }

        if (!read.Order.IsEmpty)
        {
            NewLine(text, depth + 1).Append($"(order {string.Join(' ', read.Order)})");
        }

        if (read.Page.IsLimited || read.Page.IsKeyset)
        {
            NewLine(text, depth + 1).Append(read.Page);
        }

        return read.Shape.Fields.IsEmpty ? text.Append(')') : Write(NewLine(text, depth + 1), read.Shape, depth + 1).Append(')');
    }

    private static StringBuilder Write(StringBuilder text, Shape shape, int depth)
    {
        text.Append(shape switch
        {
            Shape.One => "(one",
            Shape.List => "(list",
            Shape.Groups { IsList: true } => "(groups",
            Shape.Groups => "(group",
            _ => throw new UnreachableException(),
        });
        if (shape is Shape.Groups { Having: not Predicate.True } groups)
        {
            Write(NewLine(text, depth + 1).Append("(having "), groups.Having, depth + 1).Append(')');
        }

        foreach (SelectedField field in shape.Fields)
        {
            Write(NewLine(text, depth + 1), field, depth + 1);
        }

        return text.Append(')');
    }

    private static StringBuilder Write(StringBuilder text, SelectedField field, int depth)
    {
        text.Append($"({Quote(field.ResponseKey)} ");
        _ = field switch
        {
            SelectedField.Scalar scalar => text.Append(scalar.Expr),
            SelectedField.Nested nested => Write(text, nested.Read, depth),
            _ => throw new UnreachableException(),
        };
        return text.Append(')');
    }

    private static StringBuilder Write(StringBuilder text, Predicate predicate, int depth) => predicate switch
    {
        Predicate.True => text.Append("true"),
        Predicate.False => text.Append("false"),
        Predicate.And and => WriteTerms(text.Append("(and"), and.Terms, depth),
        Predicate.Or or => WriteTerms(text.Append("(or"), or.Terms, depth),
        Predicate.Not not => Write(text.Append("(not "), not.Term, depth).Append(')'),
        Predicate.Compare compare => text.Append($"({Symbol(compare)} {compare.Expr} {compare.Operand})"),
        Predicate.IsNull isNull => text.Append($"(null {isNull.Expr})"),
        Predicate.Some some => Write(text.Append("(some "), some.Read, depth).Append(')'),
        Predicate.Keyset keyset => text
            .Append($"({(keyset.IsAfter ? "after" : "before")} ({string.Join(' ', keyset.Keys)}) {string.Join(' ', keyset.Values)})"),
        _ => throw new UnreachableException(),
    };

    private static StringBuilder WriteTerms(StringBuilder text, ImmutableArray<Predicate> terms, int depth)
    {
        foreach (Predicate term in terms)
        {
            Write(NewLine(text, depth + 1), term, depth + 1);
        }

        return text.Append(')');
    }

    private static void AppendClause(StringBuilder text, string name, Operand? operand)
    {
        if (operand is not null)
        {
            text.Append($" ({name} {operand})");
        }
    }

    private static void AppendClause(StringBuilder text, string name, ImmutableArray<Operand> operands)
    {
        if (!operands.IsEmpty)
        {
            text.Append($" ({name} {string.Join(' ', operands)})");
        }
    }

    private static string Symbol(Predicate.Compare compare) => compare.Comparison switch
    {
        Comparison.Equal => "=",
        Comparison.NotEqual => compare.NullRule == NullRule.Differs ? "is-not" : "!=",
        Comparison.Greater => ">",
        Comparison.GreaterOrEqual => ">=",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        _ => throw new UnreachableException(),
    };

    private static string Name(AggregateKind kind) => kind.ToString().ToLowerInvariant();

    private static string Print(Value value) => value.Kind is ValueKind.Text or ValueKind.Json ? Quote(value.ToString()) : value.ToString();

    private static string Quote(string text)
    {
        StringBuilder escaped = new(text);
        return escaped.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Insert(0, '"').Append('"').ToString();
    }

    private static StringBuilder NewLine(StringBuilder text, int depth) => text.Append('\n').Append(' ', depth * 2);
}
