using DiscreetDb.Query.Ir;

namespace DiscreetDb.Query.Passes;

/// <summary>
/// What a nested read lets its parent's statement sort out beforehand: its own filters, one level deep, never the chain (a
/// chain of EXISTS exceeds SQLite's expression depth at 24 to 32 levels). What it cannot decide is decided while the answer
/// is written.
/// </summary>
internal static class Sieve
{
    private static readonly SieveTerm Nothing = new(new Predicate.True(), IsExact: true);
    private static readonly SieveTerm LeftToWriter = new(new Predicate.True(), IsExact: false);

    /// <param name="nested">A nested read whose paging values are conditions already.</param>
    public static SieveTerm Of(EntityRead nested)
    {
        if (nested.Presence == Presence.Optional)
        {
            return Nothing;
        }

        if (nested.Shape is Shape.Groups groups && !groups.Keys.Any())
        {
            return OfSingleGroup(nested, groups);
        }

        Predicate some = new Predicate.Some(Strip(nested));
        if (!DecidesAlone(nested))
        {
            return nested.Presence.HasFlag(Presence.Required) ? new SieveTerm(some, IsExact: false) : LeftToWriter;
        }

        return new SieveTerm(
            nested.Presence switch
            {
                Presence.Required => some,
                Presence.Absent => new Predicate.Not(some),
                _ => new Predicate.False(),
            },
            IsExact: true);
    }

    /// <summary>A group of all rows is there even when no row is; only groups can be sorted out.</summary>
    private static SieveTerm OfSingleGroup(EntityRead nested, Shape.Groups groups)
    {
        if (groups.Having is not Predicate.True || nested.Page.Skip is not null)
        {
            return LeftToWriter;
        }

        return nested.Presence.HasFlag(Presence.Absent) ? new SieveTerm(new Predicate.False(), IsExact: true) : Nothing;
    }

    /// <summary>Whether it is empty exactly if no row fits its own filters. A limit never empties what is not empty.</summary>
    private static bool DecidesAlone(EntityRead nested) =>
        nested is { Search: null, Page.Skip: null, Shape: not Shape.Groups { Having: not Predicate.True } }
        && !nested.Shape.Fields.Any(field => field is SelectedField.Nested { Read.Presence: not Presence.Optional });

    /// <summary>Only source and filters matter for whether there is a row.</summary>
    private static EntityRead Strip(EntityRead nested) => nested with
    {
        Search = null,
        Order = [],
        Page = Page.All,
        Presence = Presence.Optional,
        Shape = new Shape.List([]),
    };
}
