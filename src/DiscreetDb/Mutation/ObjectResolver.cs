using System.Collections.Immutable;
using System.Text;
using DiscreetDb.Language;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Query.Model;
using DiscreetDb.Query.Parameters;

namespace DiscreetDb.Mutation;

/// <summary>Resolves the objects of one mutation document, numbering them in the order of the text.</summary>
internal sealed class ObjectResolver(SourceText source)
{
    private static readonly VariableType RoomId = new(VariableKind.Base64, IsNullable: true, VariableRule.Id);
    private static readonly ReadOnlyMemory<byte> IdName = "id"u8.ToArray();

    private readonly VariableTable.Builder _variables = new(source);
    private readonly LiteralReader _literals = new(source);
    private readonly SystemRules _system = new(source);

    public int NodeCount { get; private set; }

    public VariableTable Variables => _variables.Build();

    /// <inheritdoc cref="MutationPlan.RoomDefinition" />
    public SourceSpan? RoomDefinition => _system.RoomDefinition;

    /// <summary>Resolves the object of a root, which stands at the name of its entity.</summary>
    public MutationNode Resolve(Entity entity, SyntaxValue.Object syntax, SourceSpan span) => Resolve(entity, syntax, span, parent: null, handedDown: null);

    // The parser bounds the depth of a text (Limits.NestingDepth), so the recursion is bounded.
    private MutationNode Resolve(Entity entity, SyntaxValue.Object syntax, SourceSpan span, Entity? parent, WriteOperand? handedDown)
    {
        int index = NodeCount++;
        Field[] fields = ResolveFields(entity, syntax);
        bool isNew = !Array.Exists(fields, field => field.System == SystemField.Id);
        _system.Check(entity, parent, syntax, fields, span);
        RequireFields(entity, fields, isNew, span);

        WriteOperand? room = FindRoom(syntax, fields) ?? handedDown;
        WriteOperand? id = null;
        List<MutationStep> steps = new(fields.Length);
        for (int i = 0; i < fields.Length; i++)
        {
            SyntaxValue value = syntax.Assignments[i].Value;
            if (fields[i].System == SystemField.Id)
            {
                id = ResolveId(fields[i], value);
                span = value.Span;
            }
            else if (fields[i].System != SystemField.RoomId)
            {
                steps.Add(ResolveStep(fields[i], value, entity, room));
            }
            else if (!isNew)
            {
                steps.Add(new MutationStep.Move(fields[i], ResolveRoom(fields[i], value)));
            }
        }

        return new MutationNode
        {
            Index = index,
            Entity = entity,
            Id = id,
            Room = isNew ? room : null,
            Steps = [.. isNew ? steps.Concat(DefaultsOf(entity, fields)) : steps],
            Answer = AnswerOf(steps),
            Span = span,
        };
    }

    private Field[] ResolveFields(Entity entity, SyntaxValue.Object syntax)
    {
        Field[] fields = new Field[syntax.Assignments.Length];
        HashSet<Field> assigned = new(fields.Length);
        for (int i = 0; i < fields.Length; i++)
        {
            Name name = syntax.Assignments[i].Field;
            Field field = entity.ResolveField(name, source);
            if (!assigned.Add(field))
            {
                throw source.Error(ErrorCode.DuplicateField, name.Span, $"`{name.Text}` is assigned twice in one object; keep one of the two.");
            }

            if (field.IsSystem && field.System is not (SystemField.Id or SystemField.RoomId or SystemField.Binary))
            {
                throw source.Error(ErrorCode.FieldNotWritable, name.Span, $"`{name.Text}` is kept by the engine and cannot be assigned.");
            }

            fields[i] = field;
        }

        return fields;
    }

    private void RequireFields(Entity entity, Field[] fields, bool isNew, SourceSpan span)
    {
        if (!isNew)
        {
            return;
        }

        List<string> missing = [.. entity.Fields.Where(field => field.IsRequired && !fields.Contains(field)).Select(field => $"`{field.Name}`")];
        if (missing.Count > 0)
        {
            throw source.Error(
                ErrorCode.MissingRequiredField, span, $"A new row of {entity} needs {string.Join(", ", missing)}; to change an existing row, give its `id`.");
        }
    }

    private WriteOperand? FindRoom(SyntaxValue.Object syntax, Field[] fields)
    {
        int index = Array.FindIndex(fields, field => field.System == SystemField.RoomId);
        return index < 0 ? null : ResolveRoom(fields[index], syntax.Assignments[index].Value);
    }

    private WriteOperand ResolveRoom(Field field, SyntaxValue value) => ResolveValue(field, value, RoomId);

    private WriteOperand ResolveId(Field field, SyntaxValue value) =>
        value is SyntaxValue.Null
            ? throw source.Error(ErrorCode.InvalidId, value.Span, "`id` is null; leave it out to insert a row, or give the id of an existing one.")
            : ResolveValue(field, value, VariableType.RowId);

    private MutationStep ResolveStep(Field field, SyntaxValue value, Entity entity, WriteOperand? room) => field.Type switch
    {
        FieldType.Reference => ResolveReference(field, value, entity, room),
        FieldType.Links => ResolveLinks(field, value, entity, room),
        _ => new MutationStep.SetValue(field, ResolveValue(field, value, VariableType.Of(field))),
    };

    private MutationStep ResolveReference(Field field, SyntaxValue value, Entity entity, WriteOperand? room) => value switch
    {
        SyntaxValue.Object target => new MutationStep.SetReference(field, ResolveTarget(field, target, entity, room)),
        SyntaxValue.Null => new MutationStep.Clear(field),
        SyntaxValue.Variable variable => throw Mismatch(field, variable, $"write `{{ id: ${variable.Name} }}`"),
        SyntaxValue.List => throw Mismatch(field, value, "write one `{ … }`, it is a single relation"),
        _ => throw Mismatch(field, value, "write `{ … }` or null"),
    };

    private MutationStep ResolveLinks(Field field, SyntaxValue value, Entity entity, WriteOperand? room) => value switch
    {
        SyntaxValue.List list => new MutationStep.AddLinks(field, [.. list.Items.Select(target => ResolveTarget(field, target, entity, room))]),
        SyntaxValue.Null => new MutationStep.Clear(field),
        SyntaxValue.Variable variable => throw Mismatch(field, variable, $"write `[{{ id: ${variable.Name} }}]`"),
        SyntaxValue.Object => throw Mismatch(field, value, "write `[{ … }]`, it is a multiple relation"),
        _ => throw Mismatch(field, value, "write `[{ … }]` or null"),
    };

    private MutationNode ResolveTarget(Field field, SyntaxValue.Object target, Entity entity, WriteOperand? room) =>
        Resolve(field.Target!, target, target.Span, entity, room); // a relation always has a target

    private DiscreetException Mismatch(Field field, SyntaxValue value, string hint) =>
        source.Error(ErrorCode.InvalidFieldType, value.Span, $"`{field.Name}` links to {field.Target}; {hint}.");

    private WriteOperand ResolveValue(Field field, SyntaxValue value, VariableType type) => value switch
    {
        SyntaxValue.Variable variable => WriteOperand.Variable(_variables.Add(variable, type)),
        SyntaxValue.Null when type.IsNullable => WriteOperand.Null,
        SyntaxValue.Null => throw source.Error(ErrorCode.NotNullable, value.Span, $"`{field.Name}` cannot be null."),
        _ => WriteOperand.Literal(_literals.Read(value, type, $"`{field.Name}`")),
    };

    private static IEnumerable<MutationStep> DefaultsOf(Entity entity, Field[] fields)
    {
        foreach (Field field in entity.Fields)
        {
            if (field.Default is { } value && !fields.Contains(field))
            {
                yield return new MutationStep.SetValue(field, WriteOperand.Literal(value));
            }
        }
    }

    // Given values and nested objects are echoed; rooms, system fields and removed links are not (dialect §7.6).
    private static ImmutableArray<AnswerMember> AnswerOf(List<MutationStep> steps)
    {
        IEnumerable<AnswerMember> given = steps
            .Where(step => !step.Field.IsSystem && step is not MutationStep.Clear)
            .Select(step => new AnswerMember(Encoding.UTF8.GetBytes(step.Field.Name), step));
        return [.. given.Append(new AnswerMember(IdName, null)).OrderBy(member => member.Name, Utf8Order.Instance)];
    }
}
