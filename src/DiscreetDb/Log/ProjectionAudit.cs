using DiscreetDb.Rooms;

namespace DiscreetDb.Log;

/// <summary>Compares the tables with what the log projects to, row by row (I6), and the history with the log it leads into.</summary>
internal sealed class ProjectionAudit(LogStore store, ProjectionTables tables)
{
    private readonly RowMerger _merger = new(store, tables);
    private readonly RowHistory _history = new(store.Connection);
    private readonly TombstoneTable _tombstones = new(store.Connection);
    private readonly DefinitionImages _images = new(store);
    private readonly List<CommitNumber> _commits = [];
    private readonly Dictionary<EntityTable, long> _rows = [];
    private readonly Dictionary<LinkTable, long> _links = [];

    public long RowCount { get; private set; }

    /// <summary>What is wrong with the rows a commit inserts, and with the history of those it touches.</summary>
    public IEnumerable<string> Check(StoredCommit commit)
    {
        List<string> findings = [];
        foreach (ref readonly Operation operation in commit.Body.Operations)
        {
            if (Check(commit, operation) is { } what)
            {
                findings.Add(what);
            }
        }

        return findings;
    }

    /// <summary>What is wrong with the rows of a room's definition.</summary>
    public IEnumerable<AuditFinding> CheckDefinition(Uid room, DefinitionRows definition)
    {
        foreach (DefinitionRow row in definition.Rows.Values)
        {
            RowCount++;
            RowImage image = _images.ImageOf(tables, room, row);
            Count(_rows, image.Table, 1);
            if (image.Table.FindDifference(store.Connection, image) is { } column)
            {
                yield return Definition(room, $"row {row.Id} of {row.Entity}, whose column {column} is not what the rights log says");
            }
        }

        foreach ((DefinitionLink link, RightsCommit commit) in definition.Links)
        {
            LinkTable table = tables.Definition(link.Entity).FindLinks(link.Field)!; // every model has it
            Count(_links, table, 1);
            if (table.Find(store.Connection, link.Source, link.Target) != _images.NumberOf(room, commit))
            {
                yield return Definition(room, $"the link {link.Field} from {link.Source} to {link.Target}, which is not what the rights log says");
            }
        }
    }

    private static AuditFinding Definition(Uid room, string what) => new(null, 0, $"The definition of room {room} has {what}.");

    /// <summary>Rows and links that no commit accounts for.</summary>
    public IEnumerable<AuditFinding> CheckTotals()
    {
        foreach (EntityTable table in tables.All)
        {
            if (CountOf(table.Name) - _rows.GetValueOrDefault(table) is not 0 and var rows)
            {
                yield return new AuditFinding(null, 0, $"The table of {table.Entity.CanonicalName} has {rows} rows that no commit inserts.");
            }

            foreach (LinkTable links in table.Links)
            {
                if (CountOf(links.Name) - _links.GetValueOrDefault(links) is not 0 and var surplus)
                {
                    yield return new AuditFinding(null, 0, $"The relation {table.Entity.CanonicalName}.{links.Field.Name} has {surplus} links that no commit makes.");
                }
            }
        }
    }

    private string? Check(StoredCommit commit, in Operation operation)
    {
        string entity = commit.Body.EntityOf(operation);
        if (operation.Kind != OperationKind.Insert)
        {
            HistoryKind kind = operation.Kind == OperationKind.Delete ? HistoryKind.Delete : HistoryKind.Change;
            return _history.Contains(operation.Row, kind, commit.Number) ? null : $"touched row {operation.Row}, whose history does not say so";
        }

        RowMeta shown = default;
        bool isShown = tables.Find(entity) is { } table && table.TryReadMeta(store.Connection, operation.Row, out shown) && shown.Insert == commit.Number;
        if (!isShown && !_history.Contains(operation.Row, HistoryKind.Insert, commit.Number))
        {
            return $"inserted row {operation.Row}, which is neither in the table of {entity} nor in the history";
        }

        return CheckRow(commit, operation.Row, entity, isShown);
    }

    private string? CheckRow(StoredCommit commit, Uid row, string entity, bool isShown)
    {
        RowCount++;
        _commits.Clear();
        _commits.Add(commit.Number);
        _history.Read(row, _commits);
        MergedRow? merged = _merger.Merge(row, _commits, (of, field) => store.Fields.Find(of, field) ?? -1);
        bool shouldShow = merged is { IsShown: true } && merged.Insert == commit.Number;
        if (isShown != shouldShow)
        {
            return shouldShow
                ? $"inserted row {row} of {entity}, which is not in its table"
                : $"inserted row {row} of {entity}, which is in its table though it is deleted, void or incomplete";
        }

        if (merged is { IsDeleted: true } != _tombstones.Contains(row) && merged?.Insert == commit.Number)
        {
            return $"inserted row {row} of {entity}, whose tombstone does not agree with the log";
        }

        return isShown ? CheckShown(merged!, entity) : null;
    }

    private string? CheckShown(MergedRow merged, string entity)
    {
        RowImage image = merged.Image!;
        Count(_rows, image.Table, 1);
        if (image.Table.FindDifference(store.Connection, image) is { } column)
        {
            return $"inserted row {image.Id} of {entity}, whose column {column} is not what the log projects to";
        }

        foreach (((LinkTable links, Uid target), (CommitNumber winner, bool isPresent)) in merged.Links)
        {
            bool isCut = store.Fields.Find(links.Field.Target!.LogName, string.Empty) is { } of && _tombstones.Contains(target, of);
            CommitNumber? present = links.Find(store.Connection, image.Id, target);
            if (present != (isPresent && !isCut ? winner : null))
            {
                return $"inserted row {image.Id} of {entity}, whose link {links.Field.Name} to {target} is not what the log projects to";
            }

            Count(_links, links, present is null ? 0 : 1);
        }

        return null;
    }

    private long CountOf(string table) => store.Connection.ReadInt64($"SELECT count(*) FROM {table}") ?? 0;

    private static void Count<T>(Dictionary<T, long> counts, T key, long count)
        where T : notnull => counts[key] = counts.GetValueOrDefault(key) + count;
}
