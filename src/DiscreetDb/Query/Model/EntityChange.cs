using System.Collections.Immutable;

namespace DiscreetDb.Query.Model;

/// <summary>What changed in an entity that keeps its table.</summary>
internal sealed record EntityChange(Entity Stored, Entity Next)
{
    /// <summary>Fields of <see cref="Stored" /> whose columns or link tables go.</summary>
    public required ImmutableArray<Field> RemovedFields { get; init; }

    /// <summary>Fields of <see cref="Next" /> whose columns or link tables come; the log may hold values for them.</summary>
    public required ImmutableArray<Field> AddedFields { get; init; }

    /// <summary>Fields that keep their column and differ in something else.</summary>
    public required ImmutableArray<FieldChange> AlteredFields { get; init; }

    /// <summary>Indexes of <see cref="Stored" /> that go, each as its fields.</summary>
    public required ImmutableArray<ImmutableArray<Field>> RemovedIndexes { get; init; }

    /// <summary>Indexes of <see cref="Next" /> that come, each as its fields.</summary>
    public required ImmutableArray<ImmutableArray<Field>> AddedIndexes { get; init; }

    /// <summary>Whether the canonical name is another.</summary>
    public bool IsRenamed => Stored.CanonicalName != Next.CanonicalName;

    /// <summary>Whether full text was off and is on.</summary>
    public bool IsFullTextAdded => Next.HasFullText && !Stored.HasFullText;

    /// <summary>Whether full text was on and is off.</summary>
    public bool IsFullTextRemoved => Stored.HasFullText && !Next.HasFullText;

    /// <summary>Whether the two are alike but for what has no table: the order of fields, <c>@deprecated</c>.</summary>
    public bool IsEmpty =>
        !IsRenamed && Stored.HasFullText == Next.HasFullText
        && RemovedFields.IsEmpty && AddedFields.IsEmpty && AlteredFields.IsEmpty
        && RemovedIndexes.IsEmpty && AddedIndexes.IsEmpty;

    /// <summary>Compares an entity with its predecessor.</summary>
    public static EntityChange Between(Entity stored, Entity next)
    {
        var fields = new Succession<Field>(stored.Fields, next.Fields);
        var removed = fields.Removed.ToImmutableArray().ToBuilder();
        var added = ImmutableArray.CreateBuilder<Field>();
        var altered = ImmutableArray.CreateBuilder<FieldChange>();
        foreach (Field field in fields.Next)
        {
            Field? predecessor = fields.PredecessorOf(field);
            if (predecessor?.ColumnName == field.ColumnName)
            {
                var change = new FieldChange(predecessor, field);
                if (!change.IsEmpty)
                {
                    altered.Add(change);
                }

                continue;
            }

            if (predecessor is not null)
            {
                removed.Add(predecessor);
            }

            added.Add(field);
        }

        return new EntityChange(stored, next)
        {
            RemovedIndexes = Missing(stored.Indexes, next.Indexes, removed),
            AddedIndexes = Missing(next.Indexes, stored.Indexes, added),
            RemovedFields = removed.DrainToImmutable(),
            AddedFields = added.DrainToImmutable(),
            AlteredFields = altered.DrainToImmutable(),
        };
    }

    /// <summary>The indexes of one side the other lacks, and those over a column that goes or comes: they go or come with it.</summary>
    private static ImmutableArray<ImmutableArray<Field>> Missing(
        ImmutableArray<ImmutableArray<Field>> indexes, ImmutableArray<ImmutableArray<Field>> others, IEnumerable<Field> moved)
    {
        if (indexes.IsEmpty)
        {
            return [];
        }

        HashSet<string> known = [.. others.Select(KeyOf)];
        HashSet<Field> gone = [.. moved];
        return [.. indexes.Where(index => !known.Contains(KeyOf(index)) || index.Any(gone.Contains))];
    }

    private static string KeyOf(ImmutableArray<Field> index) => string.Join(',', index.Select(field => field.LogName));
}
