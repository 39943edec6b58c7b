using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// Links of rows that are shown. The winning operation on each (source, relation, target) is in one place: in the link table
/// while the link is present, in the ledger while it was removed or its target is deleted.
/// </summary>
internal sealed class LinkProjection(ProjectionStore store)
{
    private Connection Connection => store.Connection;

    /// <summary>Projects a link or unlink, if it wins.</summary>
    public void Apply(ProjectedCommit scope, LinkTable links, Uid source, Uid target, bool isPresent)
    {
        if (scope.IsNewest || Wins(scope, links, source, target))
        {
            Write(scope.Transaction, links, source, target, scope.Number, isPresent);
        }
    }

    /// <summary>Writes the winning operation on a link.</summary>
    public void Write(WriteTransaction transaction, LinkTable links, Uid source, Uid target, CommitNumber commit, bool isPresent)
    {
        int relation = store.NumberOf(transaction, links);
        bool isCut = isPresent && IsDeleted(transaction, links, target);
        if (isPresent && !isCut)
        {
            links.Put(Connection, source, target, commit);
            store.Ledger.Remove(source, relation, target);
            return;
        }

        links.Remove(Connection, source, target);
        store.Ledger.Put(source, relation, target, commit, isCut);
    }

    /// <summary>Forgets every link that starts at a row which is not shown any more.</summary>
    public void RemoveFrom(EntityTable table, Uid source)
    {
        foreach (LinkTable links in table.Links)
        {
            links.RemoveFrom(Connection, source);
        }

        store.Ledger.RemoveFrom(source);
    }

    /// <summary>Cuts off the links that end at a row of this entity which was deleted.</summary>
    public void Cut(WriteTransaction transaction, EntityTable table, Uid target)
    {
        foreach (LinkTable links in store.Tables.LinksTo(table.Entity))
        {
            foreach ((Uid source, CommitNumber commit) in links.RemoveTo(Connection, target))
            {
                store.Ledger.Put(source, store.NumberOf(transaction, links), target, commit, isCut: true);
            }
        }
    }

    /// <summary>Brings back the links that were cut off by a deletion which is void.</summary>
    public void Restore(WriteTransaction transaction, Uid target)
    {
        foreach ((Uid source, int relation, CommitNumber commit) in store.Ledger.TakeCut(target))
        {
            (string entity, string field) = store.Log.Fields.NameOf(relation);
            if (store.Tables.Find(entity)?.FindLinks(field) is { } links)
            {
                Write(transaction, links, source, target, commit, isPresent: true);
            }
        }
    }

    private bool Wins(ProjectedCommit scope, LinkTable links, Uid source, Uid target)
    {
        CommitNumber? winner = links.Find(Connection, source, target)
            ?? store.Ledger.Find(source, store.NumberOf(scope.Transaction, links), target);
        return winner is not { } other || scope.IsAfter(store, other);
    }

    private bool IsDeleted(WriteTransaction transaction, LinkTable links, Uid target) =>
        store.Tombstones.Contains(target, store.Log.Fields.Intern(transaction, links.Field.Target!.LogName));
}
