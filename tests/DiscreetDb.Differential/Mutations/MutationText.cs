using DiscreetDb.Differential.Data;

namespace DiscreetDb.Differential.Mutations;

/// <summary>A mutation as text (dialect §7.1).</summary>
internal sealed class MutationText(DataStore store)
{
    private readonly Variables _variables = new();

    public static GeneratedText Print(MutationDocument document, DataStore store)
    {
        var printer = new MutationText(store);
        string roots = string.Join("\n  ", document.Roots.Select(printer.Print));
        return new GeneratedText($"mutate {{\n  {roots}\n}}", printer._variables.Values);
    }

    private string Print(MutationRoot root) =>
        $"{(root.Alias is null ? "" : root.Alias + ": ")}{root.Object.Entity.QualifiedName} {Print(root.Object)}";

    private string Print(MutationObject @object)
    {
        List<string> parts = [];
        if (@object.Id is { } id)
        {
            parts.Add($"id: {_variables.Add(id)}");
        }

        if (@object.Room != RoomChoice.Unsaid)
        {
            parts.Add($"room_id: {(@object.Room == RoomChoice.None ? "null" : _variables.Add(store.PrivateRoom))}");
        }

        parts.AddRange(@object.Assignments.Select(a => $"{a.Field.Name}: {Print(a)}"));
        return $"{{ {string.Join(' ', parts)} }}";
    }

    private string Print(MutationAssignment assignment) => assignment.Value switch
    {
        MutationValue.Scalar { AsVariable: true } scalar => _variables.Add(scalar.Value),
        MutationValue.Scalar { Value: null } => "null",
        MutationValue.Scalar scalar => Scalars.Literal(scalar.Value),
        MutationValue.NoLinks => "null",
        MutationValue.Objects { Items: [var single] } when assignment.Field.Kind == Models.FieldKind.Single => Print(single),
        MutationValue.Objects list => $"[{string.Join(", ", list.Items.Select(Print))}]",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
