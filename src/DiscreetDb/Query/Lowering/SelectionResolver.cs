using System.Collections.Immutable;
using System.Diagnostics;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Query.Lowering;

/// <summary>One selection: its items, then its parameters, then what is nested in it.</summary>
internal sealed class SelectionResolver
{
    private readonly ResolutionContext _context;
    private readonly Entity _entity;
    private readonly ImmutableArray<SelectionItem> _syntax;
    private readonly List<SelectedItem> _items = [];
    private readonly Dictionary<string, SelectedItem> _byKey = new(StringComparer.Ordinal);

    public SelectionResolver(ResolutionContext context, Entity entity, ImmutableArray<SelectionItem> items)
    {
        _context = context;
        _entity = entity;
        _syntax = items;
    }

    public Entity Entity => _entity;

    /// <summary>Whether rows are grouped: an aggregate is selected.</summary>
    public bool IsGrouped { get; private set; }

    /// <summary>Whether a grouped selection has more than the one group of all rows.</summary>
    public bool HasGroupKeys => _items.Exists(item => item.Expr is not Expr.Aggregate);

    public IEnumerable<SelectedItem> Items => _items;

    public EntityRead ResolveRoot(SelectionParameters parameters) => Resolve(new Source.AllRows(), parameters, Presence.Optional);

    /// <summary>The item of this key: an alias, or the name of a field selected without one.</summary>
    public SelectedItem? FindItem(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>A field by its name, where no item has the name as its key.</summary>
    public Field FindField(Name name) => _context.FindField(_entity, name);

    /// <summary>A Json field and a path into it.</summary>
    public Expr.JsonAt ResolveSelector(JsonSelector selector)
    {
        Field field = FindField(selector.Field);
        if (field.Type != FieldType.Json)
        {
            throw _context.Error(
                ErrorCode.InvalidFieldType, selector.Span, $"`{field.Name}` is {field.Type}: a selector needs a Json field.");
        }

        // No array is longer than an int can count, so a greater index finds nothing either way.
        ImmutableArray<JsonPathStep> steps =
            [.. selector.Path.Select(step => new JsonPathStep(step.Member, (int)Math.Min(step.Index, int.MaxValue)))];
        return new Expr.JsonAt(field, new JsonPath(steps));
    }

    private EntityRead Resolve(Source source, SelectionParameters parameters, Presence presence)
    {
        foreach (SelectionItem item in _syntax)
        {
            Add(item);
        }

        if (IsGrouped)
        {
            CheckGrouped();
        }

        MarkNullable(parameters.Nullable);
        ResolvedFilters filters = new FilterResolver(_context, this).Resolve(parameters.Filters);
        OrderResolver order = new(_context, this);
        ImmutableArray<OrderKey> keys = order.ResolveOrder(parameters);
        Page page = order.ResolvePage(parameters, keys);
        Operand? search = ResolveSearch(parameters);

        bool isSingle = source is Source.Reference or Source.SystemLink;
        return new EntityRead(
            _entity,
            source,
            filters.Where,
            search,
            keys,
            isSingle ? page with { First = null, Skip = null } : page,
            presence,
            ResolveShape(!isSingle, filters.Having));
    }

    private Shape ResolveShape(bool isList, Predicate having)
    {
        ImmutableArray<SelectedField> fields = [.. _items.Select(ResolveField)];
        if (IsGrouped)
        {
            return new Shape.Groups(fields, having, isList);
        }

        return isList ? new Shape.List(fields) : new Shape.One(fields);
    }

    private SelectedField ResolveField(SelectedItem item) =>
        item.Expr is { } expr ? new SelectedField.Scalar(item.Key, expr) : new SelectedField.Nested(item.Key, ResolveNested(item));

    private EntityRead ResolveNested(SelectedItem item)
    {
        Field relation = item.Relation!; // an item without expression is a relation
        Source source = relation switch
        {
            { IsSystem: true } => new Source.SystemLink(relation.System),
            { Type: FieldType.Links } => new Source.Links(relation),
            _ => new Source.Reference(relation),
        };
        SelectionItem.Nested syntax = item.Syntax!;
        return new SelectionResolver(_context, relation.Target!, syntax.Items).Resolve(source, syntax.Parameters, item.Presence);
    }

    private Operand? ResolveSearch(SelectionParameters parameters)
    {
        if (parameters.Search is not { } search)
        {
            return null;
        }

        return parameters is { OrderBy.IsEmpty: true, Before: null, After: null }
            ? _context.ReadOperand(search, Parameters.VariableType.Search, "`search`")
            : throw _context.Error(
                ErrorCode.IncompatibleParameters, search.Span, "`search` orders by rank: leave out `order_by`, `before` and `after`.");
    }

    private void Add(SelectionItem item)
    {
        SelectedItem selected = item switch
        {
            SelectionItem.Scalar scalar => AddScalar(scalar),
            SelectionItem.Nested nested => AddNested(nested),
            SelectionItem.Json json => new SelectedItem(CheckAlias(json.Alias), ResolveSelector(json.Selector), null, null),
            SelectionItem.Aggregate aggregate => AddAggregate(aggregate),
            _ => throw new UnreachableException(),
        };
        _byKey.Add(selected.Key, selected);
        _items.Add(selected);
    }

    private SelectedItem AddScalar(SelectionItem.Scalar item)
    {
        Field field = FindField(item.Field);
        if (field.IsRelation)
        {
            throw _context.Error(
                ErrorCode.InvalidFieldType, item.Field.Span, $"`{field.Name}` is a relation: select its fields in braces.");
        }

        return new SelectedItem(GetKey(item.Alias, item.Field), new Expr.Column(field), null, null);
    }

    private SelectedItem AddNested(SelectionItem.Nested item)
    {
        Field field = FindField(item.Field);
        if (!field.IsRelation)
        {
            throw _context.Error(
                ErrorCode.InvalidFieldType, item.Field.Span, $"`{field.Name}` is {field.Type} and has no fields: leave out the braces.");
        }

        return new SelectedItem(GetKey(item.Alias, item.Field), null, field, item)
        {
            Presence = field.IsNullable ? Presence.Optional : Presence.Required,
        };
    }

    private SelectedItem AddAggregate(SelectionItem.Aggregate item)
    {
        IsGrouped = true;
        string key = CheckAlias(item.Alias);
        if (item.Field is not { } name)
        {
            return new SelectedItem(key, new Expr.Aggregate(AggregateKind.Count, null), null, null);
        }

        Field field = FindField(name);
        AggregateKind kind = item.Function switch
        {
            AggregateFunction.Sum => AggregateKind.Total,
            AggregateFunction.Average => AggregateKind.Average,
            AggregateFunction.Min => AggregateKind.Min,
            AggregateFunction.Max => AggregateKind.Max,
            _ => throw new UnreachableException(),
        };
        bool fits = kind is AggregateKind.Total or AggregateKind.Average
            ? field.Type is FieldType.Integer or FieldType.Float
            : !field.IsRelation;
        return fits
            ? new SelectedItem(key, new Expr.Aggregate(kind, field), null, null)
            : throw _context.Error(
                ErrorCode.InvalidFieldType, name.Span, $"`{field.Name}` is {field.Type}: {Describe(kind)}");
    }

    private static string Describe(AggregateKind kind) => kind is AggregateKind.Total or AggregateKind.Average
        ? "`sum` and `avg` take Integer or Float."
        : "`min` and `max` take a scalar.";

    private void CheckGrouped()
    {
        if (_items.Find(item => item.Relation is not null) is { } relation)
        {
            throw _context.Error(
                ErrorCode.InvalidAggregate,
                relation.Syntax!.Span,
                $"The relation `{relation.Key}` stands beside an aggregate: a group has no relations, select them apart.");
        }
    }

    private void MarkNullable(ImmutableArray<Name> names)
    {
        foreach (Name name in names)
        {
            SelectedItem item = FindItem(name.Text)
                ?? throw _context.Error(
                    ErrorCode.UnknownNullableField,
                    name.Span,
                    $"`{name.Text}` is not selected{NearName.Suggest(name.Text, _byKey.Keys)}. "
                    + "`nullable` takes the names selected relations have in the answer.");
            item.Presence = item.Relation is not null
                ? Presence.Optional
                : throw _context.Error(ErrorCode.InvalidNullableField, name.Span, $"`{name.Text}` is not a relation.");
        }
    }

    private string GetKey(Name? alias, Name field) => alias is { } name ? CheckAlias(name) : field.Text;

    private string CheckAlias(Name alias) => _entity.FindField(alias.Text) is null
        ? alias.Text
        : throw _context.Error(
            ErrorCode.AliasConflict, alias.Span, $"The alias `{alias.Text}` is the name of a field of `{_entity.CanonicalName}`.");
}
