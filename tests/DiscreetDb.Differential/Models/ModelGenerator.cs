using DiscreetDb.Differential.Data;
using DiscreetDb.TestKit;

namespace DiscreetDb.Differential.Models;

/// <summary>Random models, and random updates of them that the rules of dialect §4 allow.</summary>
internal static class ModelGenerator
{
    private static readonly string[] Namespaces = ["farm", "Zoo", "été", ""];

    private static readonly string[] EntityNames = ["Beast", "Order", "Group", "Index", "From", "Ñandú", "_x", "9lives", "beast"];

    private static readonly string[] FieldNames =
    [
        "name", "n", "size", "first", "count", "select", "from", "group", "order", "index", "nullable", "default", "skip", "search", "größe",
        "身長", "a", "A", "b", "avg", "after", "7up", "asc", "where", "values", "rowid", "docid", "rank",
    ];

    private static readonly FieldKind[] ScalarKinds =
        [FieldKind.Integer, FieldKind.Float, FieldKind.Boolean, FieldKind.String, FieldKind.String, FieldKind.Base64, FieldKind.Json];

    public static ModelSpec Generate(SeededRandom random)
    {
        string[] namespaces = [.. random.Some(Namespaces, 2)];
        string[] names = [.. random.Some(EntityNames, random.Between(2, 4))];
        string[] keys = [.. names.Select((_, i) => $"e{i}")];
        return new ModelSpec([.. names.Select((name, i) => GenerateEntity(keys[i], random.Pick(namespaces), name, keys, random))]);
    }

    /// <summary>Adds fields, renames, changes defaults, widens, toggles the full text, adds and drops indexes.</summary>
    public static ModelSpec Update(ModelSpec model, SeededRandom random) =>
        new([.. model.Entities.Select(e => Update(e, model, random))]);

    private static EntitySpec GenerateEntity(string key, string @namespace, string name, string[] targets, SeededRandom random)
    {
        Queue<string> names = new(random.Some(FieldNames, FieldNames.Length));
        List<FieldSpec> fields = [];
        for (int i = random.Between(2, 7); i > 0; i--)
        {
            fields.Add(GenerateScalar($"{key}.{names.Peek()}", names.Dequeue(), random));
        }

        for (int i = random.Between(1, 3); i > 0; i--)
        {
            fields.Add(GenerateRelation($"{key}.{names.Peek()}", names.Dequeue(), targets, random));
        }

        var entity = new EntitySpec(key, @namespace, name, random.Some(fields, fields.Count)) { HasFullText = random.Chance(85) };
        return entity with { Indexes = GenerateIndexes(entity, random) };
    }

    private static FieldSpec GenerateScalar(string key, string name, SeededRandom random)
    {
        FieldKind kind = random.Pick(ScalarKinds);
        var field = new FieldSpec(key, name, kind);
        return random.Below(3) switch
        {
            0 => field,
            1 => field with { Nullable = true },
            _ => field with { Default = ValuePool.Draw(kind, random) },
        };
    }

    private static FieldSpec GenerateRelation(string key, string name, string[] targets, SeededRandom random) =>
        new(key, name, random.Chance(50) ? FieldKind.Single : FieldKind.Many)
        {
            Target = random.Pick(targets),
            Nullable = random.Chance(50),
        };

    private static List<List<string>> GenerateIndexes(EntitySpec entity, SeededRandom random)
    {
        string[] names = [.. entity.Scalars.Where(f => f.Kind != FieldKind.Json).Select(f => f.Name), "mdate", "room_id"];
        List<List<string>> indexes = [];
        for (int i = random.Below(3); i > 0; i--)
        {
            List<string> index = random.Some(names, random.Between(1, Math.Min(3, names.Length)));
            if (!indexes.Any(index.SequenceEqual))
            {
                indexes.Add(index);
            }
        }

        return indexes;
    }

    private static EntitySpec Update(EntitySpec entity, ModelSpec model, SeededRandom random)
    {
        HashSet<string> taken = [.. entity.Fields.Concat(entity.Removed).SelectMany(f => f.Was.Prepend(f.Name))];
        Queue<string> free = new(random.Some([.. FieldNames.Where(n => !taken.Contains(n))], FieldNames.Length));
        List<FieldSpec> removed = [.. entity.Fields.Where(f => f.IsDeprecated && random.Chance(60))];
        List<FieldSpec> returned = [.. entity.Removed.Where(f => f.Was.Count == 0 && random.Chance(30))];
        List<FieldSpec> fields = [.. entity.Fields.Except(removed).Select(f => Update(f, free, random)), .. returned.Select(Returned)];
        if (random.Chance(70) || !fields.Any(f => f.IsScalar))
        {
            FieldSpec added = GenerateScalar($"{entity.Key}.{free.Peek()}", free.Dequeue(), random);
            fields.Add(added.IsRequired ? added with { Nullable = true } : added);
        }

        if (random.Chance(40) || !fields.Any(f => f.IsRelation))
        {
            fields.Add(GenerateRelation($"{entity.Key}.{free.Peek()}", free.Dequeue(), [.. model.Entities.Select(e => e.Key)], random));
        }

        EntitySpec updated = entity with
        {
            Fields = random.Some(fields, fields.Count),
            Removed = [.. entity.Removed.Except(returned), .. removed],
            HasFullText = random.Chance(20) ? !entity.HasFullText : entity.HasFullText,
        };
        return updated with { Indexes = GenerateIndexes(updated, random) };
    }

    /// <summary>Rows were inserted meanwhile without it.</summary>
    private static FieldSpec Returned(FieldSpec field) => field with { IsDeprecated = false, Nullable = field.Nullable || field.IsRequired };

    private static FieldSpec Update(FieldSpec field, Queue<string> free, SeededRandom random)
    {
        FieldSpec updated = random.Below(9) switch
        {
            0 => field with { Name = free.Dequeue(), Was = [field.Name, .. field.Was] },
            1 when field.Kind == FieldKind.Integer && field.Default is null => field with { Kind = FieldKind.Float },
            2 when field.IsScalar && field.Default is not null => field with { Default = ValuePool.Draw(field.Kind, random) },
            3 when field.IsScalar && field.Nullable => field with { Nullable = false, Default = ValuePool.Draw(field.Kind, random) },
            4 when field.IsRequired => field with { Nullable = true },
            5 when field.IsRelation => field with { Nullable = !field.Nullable },
            6 or 7 => field with { IsDeprecated = !field.IsDeprecated },
            _ => field,
        };
        return updated;
    }
}
