using DiscreetDb.Differential.Data;
using DiscreetDb.Differential.Models;
using DiscreetDb.TestKit;

namespace DiscreetDb.Differential.Mutations;

/// <summary>
/// Random mutations and deletions over what a store holds. A row is named at most once in a document as something that
/// moves, so that no text asks for an id that the same text ends.
/// </summary>
internal sealed class MutationGenerator(DataStore store, SeededRandom random)
{
    private const int Depth = 3;

    private readonly HashSet<StoredRow> _changed = [];
    private readonly HashSet<StoredRow> _referenced = [];

    public MutationDocument Mutation()
    {
        List<MutationRoot> roots = [];
        for (int i = random.Between(1, 4); i > 0; i--)
        {
            MutationObject @object = Object(random.Pick(store.Model.Entities), Depth);
            string? alias = random.Chance(50) || roots.Any(r => r.Key == @object.Entity.QualifiedName) ? $"r{i}" : null;
            roots.Add(new MutationRoot(alias, @object));
        }

        return new MutationDocument(roots);
    }

    public DeletionDocument Deletion()
    {
        List<DeletionRoot> roots = [];
        for (int i = random.Between(1, 3); i > 0; i--)
        {
            EntitySpec entity = random.Pick(store.Model.Entities);
            roots.Add(new DeletionRoot(entity, AnyId(entity), random.Chance(60) ? Links(entity) : []));
        }

        return new DeletionDocument(roots);
    }

    private List<(FieldSpec Field, IReadOnlyList<byte[]> Targets)> Links(EntitySpec entity) =>
    [
        .. entity.Relations
            .Where(f => f.Kind == FieldKind.Many && random.Chance(60))
            .Select(f => (f, (IReadOnlyList<byte[]>)[.. Enumerable.Range(0, random.Between(1, 3)).Select(_ => AnyId(store.Model.Get(f.Target!)))])),
    ];

    /// <summary>Mostly of a row of that entity, seldom of another one or of none.</summary>
    private byte[] AnyId(EntitySpec entity)
    {
        StoredRow[] rows = [.. random.Chance(90) ? store.RowsOf(entity.Key) : store.Rows];
        return rows.Length == 0 || random.Chance(3) ? random.Bytes(Uid.SizeBytes) : random.Pick(rows).Id!;
    }

    private MutationObject Object(EntitySpec entity, int depth)
    {
        StoredRow[] rows = [.. store.RowsOf(entity.Key).Where(r => !_changed.Contains(r))];
        if (rows.Length == 0 || random.Chance(45))
        {
            return Insertion(entity, depth);
        }

        if (random.Chance(2))
        {
            return Mistaken(entity);
        }

        StoredRow row = random.Pick(rows);
        return random.Chance(40) ? Reference(entity, row) : Update(entity, row, depth);
    }

    private MutationObject Insertion(EntitySpec entity, int depth)
    {
        List<MutationAssignment> assignments = [];
        foreach (FieldSpec field in random.Some(entity.Fields, entity.Fields.Count))
        {
            if (field.IsRequired || random.Chance(60))
            {
                assignments.AddRange(Assignment(field, depth));
            }
        }

        if (random.Chance(10))
        {
            assignments.AddRange(Assignment(SystemFields.Find("_binary")!, depth));
        }

        // Only a root may be empty; an object below says something.
        RoomChoice room = Room();
        bool isEmpty = depth < Depth && assignments.Count == 0 && room == RoomChoice.Unsaid;
        return new MutationObject(entity, null, isEmpty ? RoomChoice.None : room, assignments);
    }

    /// <summary>A row that is only referred to may be named again: it does not change.</summary>
    private MutationObject Reference(EntitySpec entity, StoredRow row)
    {
        _referenced.Add(row);
        return new MutationObject(entity, row.Id, RoomChoice.Unsaid, []);
    }

    /// <summary>The id of no row, or of a row of another entity.</summary>
    private MutationObject Mistaken(EntitySpec entity)
    {
        StoredRow[] others = [.. store.Rows.Where(r => r.Entity != entity.Key && !_changed.Contains(r))];
        byte[] id = others.Length == 0 || random.Chance(50) ? random.Bytes(Uid.SizeBytes) : random.Pick(others).Id!;
        return new MutationObject(entity, id, RoomChoice.Unsaid, []);
    }

    private MutationObject Update(EntitySpec entity, StoredRow row, int depth)
    {
        _changed.Add(row);
        bool mayMove = !_referenced.Contains(row);
        List<MutationAssignment> assignments = [.. random.Some(entity.Fields, random.Between(0, 3)).SelectMany(f => Assignment(f, depth))];
        return new MutationObject(entity, row.Id, mayMove ? Room() : RoomChoice.Unsaid, assignments);
    }

    private RoomChoice Room() => random.Below(10) switch
    {
        0 or 1 => RoomChoice.Private,
        2 => RoomChoice.None,
        _ => RoomChoice.Unsaid,
    };

    private IEnumerable<MutationAssignment> Assignment(FieldSpec field, int depth)
    {
        if (field.IsScalar)
        {
            yield return new MutationAssignment(field, Scalar(field));
        }
        else if (random.Chance(10))
        {
            yield return new MutationAssignment(field, new MutationValue.NoLinks());
        }
        else if (depth > 0)
        {
            int count = field.Kind == FieldKind.Single ? 1 : random.Between(1, 3);
            EntitySpec target = store.Model.Get(field.Target!);
            yield return new MutationAssignment(
                field, new MutationValue.Objects([.. Enumerable.Range(0, count).Select(_ => Object(target, depth - 1))]));
        }
    }

    private MutationValue.Scalar Scalar(FieldSpec field)
    {
        bool isNull = (field.Nullable && random.Chance(20)) || (!field.Nullable && random.Chance(1));
        object? value = isNull ? null : ValuePool.Draw(field.Kind, random);
        if (field.Kind == FieldKind.Float && value is double number && number == Math.Floor(number) && random.Chance(30))
        {
            value = (long)number;
        }

        return new MutationValue.Scalar(value, random.Chance(50));
    }
}
