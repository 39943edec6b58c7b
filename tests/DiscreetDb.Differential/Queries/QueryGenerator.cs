using DiscreetDb.Differential.Data;
using DiscreetDb.Differential.Evaluation;
using DiscreetDb.Differential.Models;
using DiscreetDb.TestKit;

namespace DiscreetDb.Differential.Queries;

/// <summary>Random valid queries over what a store holds.</summary>
internal sealed class QueryGenerator(DataStore store, SeededRandom random)
{
    private const int Depth = 3;

    private static readonly string[] Operators = ["=", "!=", "<", "<=", ">", ">="];

    /// <summary>Aliases, some of which a careless SQL text would trip over.</summary>
    private static readonly string[] Aliases = ["x", "y", "order_", "from", "group", "select", "p1", "n_1", "länge", "0", "where", "count", "in", "Z", "z"];

    public QueryDocument Document()
    {
        List<QueryRoot> roots = [];
        for (int i = random.Chance(70) ? 1 : random.Between(2, 3); i > 0; i--)
        {
            EntitySpec entity = random.Pick(store.Model.Entities);
            string typed = Recase(entity);
            string? alias = random.Chance(40) || roots.Any(r => r.Key == typed) ? $"root{i}" : null;
            roots.Add(new QueryRoot(alias, typed, Selection(entity, Depth, isSingle: false)));
        }

        return new QueryDocument(roots);
    }

    /// <summary>A namespace may be typed in any case.</summary>
    private string Recase(EntitySpec entity) => random.Chance(20) && entity.Namespace.Length > 0
        ? $"{entity.Namespace.ToUpperInvariant()}.{entity.Name}"
        : entity.QualifiedName;

    private Selection Selection(EntitySpec entity, int depth, bool isSingle) =>
        !isSingle && random.Chance(18) ? Aggregation(entity) : Rows(entity, depth, isSingle);

    // ----- rows -----------------------------------------------------------------------------------------------------

    private Selection Rows(EntitySpec entity, int depth, bool isSingle)
    {
        var names = new NameSource(entity, random.Some(Aliases, Aliases.Length));
        List<Item> items = [];
        AddScalars(items, entity, names);
        for (int i = depth > 0 ? random.Below(3) : 0; i > 0; i--)
        {
            AddNested(items, entity, names, depth);
        }

        if (items.Count == 0)
        {
            items.Add(new Item.Scalar(null, SystemFields.Find("id")!));
        }

        bool isSearch = !isSingle && entity.HasFullText && random.Chance(8);
        List<OrderKey> order = isSearch ? [] : OrderKeys(RowKeys(entity, items));
        var parameters = new SelectionParameters
        {
            Filters = Filters(entity, items),
            OrderBy = order,
            Search = isSearch ? Value(ValuePool.DrawSearch(random)) : null,
            First = random.Chance(25) ? Value((long)random.Below(6)) : null,
            Skip = random.Chance(15) ? Value((long)random.Below(4)) : null,
            Nullable = [.. items.OfType<Item.Nested>().Where(_ => random.Chance(50)).Select(n => n.ResultName)],
        };
        var selection = new Selection(entity, parameters, random.Some(items, items.Count));
        return isSingle || isSearch ? selection : WithPaging(selection);
    }

    private void AddScalars(List<Item> items, EntitySpec entity, NameSource names)
    {
        FieldSpec[] fields = [.. entity.Scalars, .. SystemFields.All.Where(f => f.IsScalar)];
        foreach (FieldSpec field in random.Some(fields, random.Between(0, 5)))
        {
            items.Add(new Item.Scalar(names.For(field, random.Chance(30)), field));
        }

        FieldSpec[] jsons = [.. entity.Scalars.Where(f => f.Kind == FieldKind.Json)];
        if (jsons.Length > 0 && random.Chance(50) && names.Alias() is { } alias)
        {
            items.Add(new Item.Json(alias, random.Pick(jsons), ValuePool.DrawJsonPath(random)));
        }
    }

    private void AddNested(List<Item> items, EntitySpec entity, NameSource names, int depth)
    {
        FieldSpec field = random.Chance(8) ? SystemFields.Find(random.Chance(70) ? "sys_peer" : "sys_room")! : random.Pick(entity.Relations.ToArray());
        EntitySpec target = store.Model.Get(field.Target!);
        Selection selection = field.IsSystem
            ? new Selection(target, new SelectionParameters(), [new Item.Scalar(null, field.Name == "sys_peer" ? target.Fields[0] : SystemFields.Find("id")!)])
            : Selection(target, depth - 1, field.Kind == FieldKind.Single);
        bool isFree = items.All(i => i.ResultName != field.Name);
        string? alias = names.For(field, !isFree || random.Chance(30));
        if (alias is not null || isFree)
        {
            items.Add(new Item.Nested(alias, field, selection));
        }
    }

    // ----- groups ---------------------------------------------------------------------------------------------------

    private Selection Aggregation(EntitySpec entity)
    {
        var names = new NameSource(entity, random.Some(Aliases, Aliases.Length));
        List<Item> keys = GroupKeys(entity, names);
        List<Item> aggregates = [.. Enumerable.Range(0, random.Between(1, 3)).Select(_ => Aggregate(entity, names)).OfType<Item>()];
        if (aggregates.Count == 0)
        {
            return Rows(entity, depth: 0, isSingle: false);
        }

        List<Item> items = [.. keys, .. aggregates];
        List<Filter> filters = Filters(entity, []);
        bool isGrouped = keys.Count > 0;
        if (isGrouped && random.Chance(40))
        {
            filters.Add(AggregateFilter((Item.Aggregate)random.Pick(aggregates)));
        }

        bool isSearch = entity.HasFullText && random.Chance(10);
        var parameters = new SelectionParameters
        {
            Filters = filters,
            Search = isSearch ? Value(ValuePool.DrawSearch(random)) : null,
            OrderBy = isGrouped && !isSearch ? OrderKeys(items.Select(i => i.ResultName)) : [],
            First = isGrouped && random.Chance(25) ? Value((long)random.Below(5)) : null,
            Skip = isGrouped && random.Chance(15) ? Value((long)random.Below(3)) : null,
        };
        var selection = new Selection(entity, parameters, random.Some(items, items.Count));
        return isGrouped ? WithPaging(selection) : selection;
    }

    private List<Item> GroupKeys(EntitySpec entity, NameSource names)
    {
        string[] system = ["room_id", "verifying_key", "_entity", "mdate", "id"];
        FieldSpec[] fields = [.. entity.Scalars.Where(f => f.Kind != FieldKind.Json), SystemFields.Find(random.Pick(system))!];
        List<Item> keys = [.. random.Some(fields, random.Below(3)).Select(f => new Item.Scalar(names.For(f, random.Chance(30)), f))];
        FieldSpec[] jsons = [.. entity.Scalars.Where(f => f.Kind == FieldKind.Json)];
        if (jsons.Length > 0 && random.Chance(30) && names.Alias() is { } alias)
        {
            keys.Add(new Item.Json(alias, random.Pick(jsons), ValuePool.DrawGroupingPath(random)));
        }

        return keys;
    }

    private Item.Aggregate? Aggregate(EntitySpec entity, NameSource names)
    {
        string function = random.Pick(["count", "sum", "avg", "min", "max"]);
        FieldSpec[] scalars = [.. entity.Scalars.Where(f => f.Kind != FieldKind.Json)];
        FieldSpec[] candidates = function is "sum" or "avg"
            ? [.. scalars.Where(f => f.Kind is FieldKind.Integer or FieldKind.Float)]
            : [.. scalars, SystemFields.Find("mdate")!, SystemFields.Find("id")!];
        return candidates.Length > 0 && names.Alias() is { } alias ? new Item.Aggregate(alias, function, random.Pick(candidates)) : null;
    }

    private Filter AggregateFilter(Item.Aggregate aggregate)
    {
        object value = aggregate.Function switch
        {
            "count" => (long)random.Between(0, 4),
            "sum" or "avg" => random.Between(-8, 24) / 4.0,
            _ when aggregate.Field.IsSystem => Known(aggregate.Field, aggregate.Field.Kind) ?? Unknown(aggregate.Field),
            _ => ValuePool.Draw(aggregate.Field.Kind, random),
        };
        return new Filter(aggregate.Alias!, null, random.Pick(Operators), Value(value));
    }

    // ----- parameters -----------------------------------------------------------------------------------------------

    private List<Filter> Filters(EntitySpec entity, List<Item> items)
    {
        List<Filter> filters = [];
        for (int i = random.Below(10) switch { < 4 => 0, < 7 => 1, < 9 => 2, _ => 3 }; i > 0; i--)
        {
            filters.AddRange(random.Below(8) switch
            {
                0 => RelationFilter(entity, items),
                1 => SelectorFilter(entity),
                2 => AliasFilter(items),
                3 => [FieldFilter(SystemFields.Find(random.Pick(["id", "room_id", "cdate", "mdate", "verifying_key", "_entity", "_binary"]))!, null)],
                _ => [FieldFilter(random.Pick(entity.Scalars.ToArray()), null)],
            });
        }

        return filters;
    }

    private Filter FieldFilter(FieldSpec field, string? alias)
    {
        string name = alias ?? field.Name;
        if (field.Kind == FieldKind.Json)
        {
            return field.Nullable
                ? new Filter(name, null, random.Pick(["=", "!="]), new QueryValue(null, AsVariable: false))
                : new Filter(name, "$", "!=", new QueryValue(null, random.Chance(50)));
        }

        object? value = field.Nullable && random.Chance(15)
            ? null
            : (random.Chance(60) ? Known(field, field.Kind) : null) ?? Unknown(field);
        return new Filter(name, null, random.Pick(Operators), Value(value));
    }

    /// <summary>A value that some row has; null where no row has one.</summary>
    private object? Known(FieldSpec field, FieldKind kind)
    {
        StoredRow[] rows = [.. store.Rows];
        if (rows.Length == 0)
        {
            return null;
        }

        StoredRow row = random.Pick(rows);
        return field.Name switch
        {
            "id" => row.Id,
            "room_id" => store.PrivateRoom,
            "cdate" => row.Created,
            "mdate" => row.Modified,
            "verifying_key" => store.VerifyingKey,
            "_entity" => store.Model.Get(row.Entity).CanonicalName,
            "_binary" => row.Binary,
            _ => rows.Select(r => r.Values.GetValueOrDefault(field.Key)).FirstOrDefault(v => v is not null and not JsonText) is { } value
                ? kind == FieldKind.Float && value is long integer ? (double)integer : value
                : null,
        };
    }

    private object Unknown(FieldSpec field) => field.Name switch
    {
        "id" or "room_id" => random.Bytes(Uid.SizeBytes),
        "verifying_key" => random.Bytes(32),
        "cdate" or "mdate" => random.AnyInt64(),
        _ when field.Kind == FieldKind.Float && random.Chance(30) => (long)random.Between(-2, 6),
        _ => ValuePool.Draw(field.Kind, random),
    };

    private IEnumerable<Filter> RelationFilter(EntitySpec entity, List<Item> items)
    {
        string[] names = [.. entity.Relations.Select(f => f.Name), .. items.OfType<Item.Nested>().Select(n => n.ResultName)];
        yield return new Filter(random.Pick(names), null, random.Pick(["=", "!="]), new QueryValue(null, AsVariable: false));
    }

    private IEnumerable<Filter> SelectorFilter(EntitySpec entity)
    {
        FieldSpec[] jsons = [.. entity.Scalars.Where(f => f.Kind == FieldKind.Json)];
        if (jsons.Length > 0)
        {
            object? value = random.Chance(20) ? null : ValuePool.DrawJsonScalar(random);
            yield return new Filter(random.Pick(jsons).Name, ValuePool.DrawJsonPath(random), random.Pick(Operators), Value(value));
        }
    }

    private IEnumerable<Filter> AliasFilter(List<Item> items)
    {
        Item[] aliased = [.. items.Where(i => i.Alias is not null && i is Item.Json or Item.Scalar { Field.Name: not ("_signature" or "_json") })];
        if (aliased.Length == 0)
        {
            yield break;
        }

        Item item = random.Pick(aliased);
        if (item is Item.Json json)
        {
            object? value = random.Chance(20) ? null : ValuePool.DrawJsonScalar(random);
            yield return new Filter(json.Alias!, null, random.Pick(Operators), Value(value));
        }
        else if (item.Field.Kind != FieldKind.Json)
        {
            yield return FieldFilter(item.Field, item.Alias);
        }
    }

    private IEnumerable<string> RowKeys(EntitySpec entity, List<Item> items) =>
    [
        .. entity.Scalars.Where(f => f.Kind != FieldKind.Json).Select(f => f.Name),
        .. items.Where(i => i is Item.Json || (i is Item.Scalar { Alias: not null, Field.Name: not ("_signature" or "_json") } && i.Field.Kind != FieldKind.Json)).Select(i => i.ResultName),
        "id", "room_id", "cdate", "mdate", "verifying_key", "_entity", "_binary",
    ];

    private List<OrderKey> OrderKeys(IEnumerable<string> names)
    {
        string[] keys = [.. names.Distinct()];
        return random.Chance(40) ? [] : [.. random.Some(keys, random.Between(1, Math.Min(3, keys.Length))).Select(k => new OrderKey(k, random.Chance(45)))];
    }

    /// <summary>Pages mostly begin at a row that exists, so that the edge itself is tested.</summary>
    private Selection WithPaging(Selection selection)
    {
        if (selection.Parameters.OrderBy.Count == 0 || random.Chance(60))
        {
            return selection;
        }

        int count = random.Between(1, selection.Parameters.OrderBy.Count);
        Candidate[] candidates = [.. new NaiveEvaluator(store).CandidatesOfAll(selection)];
        if (candidates.Length == 0)
        {
            return selection;
        }

        Candidate edge = random.Pick(candidates);
        object?[] values = [.. selection.Parameters.OrderBy.Take(count).Select(o => edge.ValueOf(o.Key))];
        bool hasNullAggregate = selection.Parameters.OrderBy.Take(count).Zip(values).Any(p => p.Second is null && selection.FindItem(p.First.Key) is Item.Aggregate);
        var paging = new Paging(random.Chance(60), [.. values.Select(v => v is null ? new QueryValue(null, AsVariable: true) : Value(v))]);
        return hasNullAggregate ? selection : selection with { Parameters = selection.Parameters with { Paging = paging } };
    }

    private QueryValue Value(object? value) => new(value, random.Chance(50));

    /// <summary>Result names of one selection: none twice, no alias that is a field's name.</summary>
    private sealed class NameSource(EntitySpec entity, List<string> aliases)
    {
        private readonly Queue<string> _aliases = new(aliases.Where(a => entity.Find(a) is null));
        private readonly HashSet<string> _fields = [];

        public string? Alias() => _aliases.Count > 0 ? _aliases.Dequeue() : null;

        /// <summary>An alias when one is wanted or the field stands there already; null for the field's own name.</summary>
        public string? For(FieldSpec field, bool wanted) => wanted || !_fields.Add(field.Name) ? Alias() : null;
    }
}
