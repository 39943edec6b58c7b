namespace DiscreetDb.Query.Ir;

/// <summary>Walks over what a query holds.</summary>
internal static class IrTree
{
    /// <summary>Every read: roots, what is nested in them, what conditions look for.</summary>
    public static IEnumerable<EntityRead> GetReads(QueryOperation operation) => operation.Roots.SelectMany(root => GetReads(root.Read));

    /// <summary>The conditions of a read, on rows and on groups, without the connectives between them.</summary>
    public static IEnumerable<Predicate> GetConditions(EntityRead read) => read.Shape is Shape.Groups groups
        ? GetLeaves(read.Where).Concat(GetLeaves(groups.Having))
        : GetLeaves(read.Where);

    private static IEnumerable<EntityRead> GetReads(EntityRead read)
    {
        IEnumerable<EntityRead> nested = read.Shape.Fields.OfType<SelectedField.Nested>().Select(field => field.Read);
        IEnumerable<EntityRead> wanted = GetConditions(read).OfType<Predicate.Some>().Select(some => some.Read);
        return nested.Concat(wanted).SelectMany(GetReads).Prepend(read);
    }

    private static IEnumerable<Predicate> GetLeaves(Predicate predicate) => predicate switch
    {
        Predicate.And and => and.Terms.SelectMany(GetLeaves),
        Predicate.Or or => or.Terms.SelectMany(GetLeaves),
        Predicate.Not not => GetLeaves(not.Term),
        _ => [predicate],
    };
}
