using System.Globalization;
using DiscreetDb.Differential.Answers;
using DiscreetDb.Differential.Data;
using DiscreetDb.Differential.Models;
using DiscreetDb.Differential.Queries;

namespace DiscreetDb.Differential.Evaluation;

/// <summary>
/// Answers queries by looking at every row: dialect §6 as directly as it can be written down, and nothing taken from the
/// engine. Slow on purpose.
/// </summary>
internal sealed class NaiveEvaluator(DataStore store)
{
    private const int SignatureLength = 86;

    public Expected Evaluate(QueryDocument query) => new Expected.Object(
    [
        .. query.Roots.Select(r => KeyValuePair.Create(r.Key, Evaluate(r.Selection, store.RowsOf(r.Selection.Entity.Key)))),
    ]);

    /// <summary>Every row or group of an entity that a selection's filters leave, in no order.</summary>
    public IEnumerable<Candidate> CandidatesOfAll(Selection selection) => Candidates(selection, store.RowsOf(selection.Entity.Key));

    private Expected Evaluate(Selection selection, IEnumerable<StoredRow> rows)
    {
        if (selection.Parameters.Search is not { } || selection.IsAggregate)
        {
            IReadOnlyList<Expected> ordered = [.. Window(Sort(Candidates(selection, rows), selection), selection)];
            return new Expected.Array(ordered);
        }

        Expected[] found = [.. Candidates(selection, rows).Select(c => c.Answer)];
        return new Expected.AnyOf(found, Window(found, selection).Count());
    }

    // ----- rows and groups ------------------------------------------------------------------------------------------

    private IEnumerable<Candidate> Candidates(Selection selection, IEnumerable<StoredRow> rows)
    {
        IEnumerable<StoredRow> found = rows
            .Where(r => selection.Parameters.Search is not { } search || FullText.Matches(r, selection.Entity, (string)search.Value!));
        return selection.IsAggregate ? Groups(selection, found) : found.Select(r => Candidate(selection, r)).OfType<Candidate>();
    }

    /// <summary>Null for a row that a filter or a missing relation leaves out.</summary>
    private Candidate? Candidate(Selection selection, StoredRow row)
    {
        Dictionary<string, Expected> nested = [];
        foreach (Item.Nested item in selection.Items.OfType<Item.Nested>())
        {
            Expected answer = EvaluateRelation(item, row);
            bool isOptional = item.Field.Nullable || selection.Parameters.Nullable.Contains(item.ResultName);
            if (IsMissing(answer) && !isOptional)
            {
                return null;
            }

            nested[item.ResultName] = answer;
        }

        if (!selection.Parameters.Filters.All(f => Holds(f, selection, row, nested)))
        {
            return null;
        }

        Expected answerOfRow = new Expected.Object([.. selection.Items.Select(i => KeyValuePair.Create(i.ResultName, Render(i, row, nested)))]);
        return new Candidate(answerOfRow, key => ValueOf(key, selection, row), [row.Id]);
    }

    private IEnumerable<Candidate> Groups(Selection selection, IEnumerable<StoredRow> rows)
    {
        HashSet<string> aggregates = [.. selection.Items.OfType<Item.Aggregate>().Select(a => a.Alias!)];
        StoredRow[] chosen =
        [
            .. rows.Where(r => selection.Parameters.Filters.Where(f => !aggregates.Contains(f.Left)).All(f => Holds(f, selection, r, []))),
        ];
        Item[] keys = [.. selection.Items.Where(i => i is not Item.Aggregate)];
        IEnumerable<StoredRow[]> groups = keys.Length == 0
            ? [chosen]
            : chosen.GroupBy(r => string.Join('\u0001', keys.Select(k => ExpectedText.Print(ScalarOf(k, r))))).Select(g => g.ToArray());
        return groups
            .Select(g => Group(selection, keys, g))
            .Where(c => selection.Parameters.Filters.Where(f => aggregates.Contains(f.Left)).All(f => Compares(f, c.ValueOf(f.Left))));
    }

    private Candidate Group(Selection selection, Item[] keys, StoredRow[] rows)
    {
        Dictionary<string, object?> values = selection.Items.ToDictionary(
            i => i.ResultName,
            i => i is Item.Aggregate aggregate ? Aggregate(aggregate, rows) : ScalarOf(i, rows[0]));
        Expected answer = new Expected.Object(
        [
            .. selection.Items.Select(i => KeyValuePair.Create(
                i.ResultName, i is Item.Aggregate ? Expected.OfValue(values[i.ResultName]) : RenderScalar(i, rows[0]))),
        ]);
        return new Candidate(answer, key => values[key], [.. keys.Select(k => values[k.ResultName])]);
    }

    private object? Aggregate(Item.Aggregate aggregate, StoredRow[] rows)
    {
        if (aggregate.Function == "count")
        {
            return (long)rows.Length;
        }

        object[] values = [.. rows.Select(r => FieldOf(aggregate.Field, r)).OfType<object>()];
        double sum = values.Sum(v => v is long or double ? Convert.ToDouble(v, CultureInfo.InvariantCulture) : 0.0);
        return aggregate.Function switch
        {
            "sum" => sum,
            "avg" => values.Length == 0 ? null : sum / values.Length,
            "min" => values.Order(Comparer<object>.Create(Scalars.Compare)).FirstOrDefault(),
            "max" => values.OrderDescending(Comparer<object>.Create(Scalars.Compare)).FirstOrDefault(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    // ----- order, paging, windows -----------------------------------------------------------------------------------

    private static IEnumerable<Expected> Sort(IEnumerable<Candidate> candidates, Selection selection) => candidates
        .Where(c => selection.Parameters.Paging is not { } paging || IsBeyond(c, selection, paging))
        .Order(Comparer<Candidate>.Create((left, right) => Compare(left, right, selection)))
        .Select(c => c.Answer);

    private static int Compare(Candidate left, Candidate right, Selection selection)
    {
        foreach (OrderKey key in selection.Parameters.OrderBy)
        {
            int order = Scalars.Compare(left.ValueOf(key.Key), right.ValueOf(key.Key));
            if (order != 0)
            {
                return key.Descending ? -order : order;
            }
        }

        return left.LastKeys.Zip(right.LastKeys, Scalars.Compare).FirstOrDefault(order => order != 0);
    }

    private static bool IsBeyond(Candidate candidate, Selection selection, Paging paging)
    {
        for (int i = 0; i < paging.Values.Count; i++)
        {
            OrderKey key = selection.Parameters.OrderBy[i];
            int order = Scalars.Compare(candidate.ValueOf(key.Key), paging.Values[i].Value);
            if (order != 0)
            {
                return (order > 0) == (paging.IsAfter != key.Descending);
            }
        }

        return false;
    }

    private static IEnumerable<Expected> Window(IEnumerable<Expected> items, Selection selection)
    {
        int skip = (int)(long)(selection.Parameters.Skip?.Value ?? 0L);
        int first = (int)(long)(selection.Parameters.First?.Value ?? 0L);
        IEnumerable<Expected> rest = items.Skip(skip);
        return first == 0 ? rest : rest.Take(first);
    }

    // ----- relations ------------------------------------------------------------------------------------------------

    private Expected EvaluateRelation(Item.Nested item, StoredRow row)
    {
        List<StoredRow> targets = TargetsOf(item.Field, row);
        if (item.Field.Kind == FieldKind.Many)
        {
            return Evaluate(item.Selection, targets);
        }

        if (item.Field.Target == SystemFields.PeerKey)
        {
            return new Expected.Object([.. item.Selection.Items.Select(i => KeyValuePair.Create(i.ResultName, Expected.OfValue(store.VerifyingKey)))]);
        }

        SelectionParameters unlimited = item.Selection.Parameters with { First = null, Skip = null };
        return Candidates(item.Selection with { Parameters = unlimited }, targets).FirstOrDefault()?.Answer ?? new Expected.Scalar(null);
    }

    private static List<StoredRow> TargetsOf(FieldSpec field, StoredRow row) =>
        row.Links.GetValueOrDefault(field.Key, []);

    private static bool IsMissing(Expected answer) => answer switch
    {
        Expected.Array array => array.Items.Count == 0,
        Expected.AnyOf choice => choice.Count == 0,
        Expected.Scalar => true,
        _ => false,
    };

    // ----- filters --------------------------------------------------------------------------------------------------

    private bool Holds(Filter filter, Selection selection, StoredRow row, Dictionary<string, Expected> nested)
    {
        if (filter.Path is { } path)
        {
            var json = (JsonText?)DataStore.Effective(row, selection.Entity.Find(filter.Left)!);
            return Compares(filter, JsonSelectors.AsScalar(JsonSelectors.Select(json, path)));
        }

        if (nested.TryGetValue(filter.Left, out Expected? answer))
        {
            return IsMissing(answer) == (filter.Operator == "=");
        }

        if (selection.FindItem(filter.Left) is null && selection.Entity.Find(filter.Left) is { IsRelation: true } relation)
        {
            bool isMissing = relation.Target != SystemFields.PeerKey && TargetsOf(relation, row).Count == 0;
            return isMissing == (filter.Operator == "=");
        }

        return Compares(filter, ValueOf(filter.Left, selection, row));
    }

    private static bool Compares(Filter filter, object? left)
    {
        if (filter.Value.Value is null)
        {
            return filter.Operator switch
            {
                "=" => left is null,
                "!=" => left is not null,
                _ => false,
            };
        }

        int order = Scalars.Compare(left, filter.Value.Value);
        return left is not null && filter.Operator switch
        {
            "=" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            ">=" => order >= 0,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    // ----- values ---------------------------------------------------------------------------------------------------

    /// <summary>The value of a result name, else of a field.</summary>
    private object? ValueOf(string name, Selection selection, StoredRow row) => selection.FindItem(name) is { } item
        ? ScalarOf(item, row)
        : FieldOf(selection.Entity.Find(name)!, row);

    private object? ScalarOf(Item item, StoredRow row) => item is Item.Json json
        ? JsonSelectors.AsScalar(JsonSelectors.Select((JsonText?)DataStore.Effective(row, json.Field), json.Path))
        : FieldOf(item.Field, row);

    private object? FieldOf(FieldSpec field, StoredRow row) => field.IsSystem ? SystemValue(field.Name, row) : DataStore.Effective(row, field);

    private object? SystemValue(string name, StoredRow row) => name switch
    {
        "id" => row.Id,
        "room_id" => row.InPrivateRoom ? store.PrivateRoom : null,
        "cdate" => row.Created,
        "mdate" => row.Modified,
        "verifying_key" => store.VerifyingKey,
        "_entity" => store.Model.Get(row.Entity).CanonicalName,
        "_binary" => row.Binary,
        _ => throw new ArgumentException($"{name} has no value the evaluator could know."),
    };

    private Expected Render(Item item, StoredRow row, Dictionary<string, Expected> nested) =>
        item is Item.Nested ? nested[item.ResultName] : RenderScalar(item, row);

    private Expected RenderScalar(Item item, StoredRow row) => item switch
    {
        Item.Scalar { Field: { IsSystem: true, Name: "_signature" } } => new Expected.Base64OfLength(SignatureLength),
        Item.Scalar { Field: { IsSystem: true, Name: "_json" } } => RenderRow(row),
        Item.Json json => RenderJson(JsonSelectors.Select((JsonText?)DataStore.Effective(row, json.Field), json.Path)),
        _ => Expected.OfValue(FieldOf(item.Field, row)),
    };

    private Expected.Embedded RenderRow(StoredRow row) => new(new Expected.Object(
    [
        .. store.Model.Get(row.Entity).Scalars.Select(f => KeyValuePair.Create(f.Name, Expected.OfValue(DataStore.Effective(row, f)))),
    ]));

    private static Expected.Scalar RenderJson(JsonText? json) => new(json is { Text: "null" } ? null : json);
}
