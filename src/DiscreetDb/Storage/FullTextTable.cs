namespace DiscreetDb.Storage;

/// <summary>The index of one table: what it holds, what it lacks, and taking that in. Used on the writer's thread only.</summary>
internal sealed class FullTextTable
{
    /// <summary>
    /// Leaves of the index, which outgrow it a little, fill one page of the file: 4 096 bytes less SQLCipher's reserve and the cell's
    /// header. 30 bytes more, and some spill: 80 bytes a row, measured.
    /// </summary>
    private const int LeafSizeBytes = 3_950;

    /// <summary>A slice of documents becomes one segment: the next flush comes after so many bytes.</summary>
    private const int HashSizeBytes = 8 * 1024 * 1024;

    private readonly SearchableTable _table;
    private readonly List<long> _docs = [];
    private readonly string _insert;
    private readonly string _delete;
    private readonly string _readOne;
    private readonly string _readNew;
    private readonly string _merge;

    public FullTextTable(SearchableTable table)
    {
        _table = table;
        string index = IndexOf(table.Name);
        string rows = SqlText.Quote(table.Name);
        string columns = string.Concat(table.Columns.Select(column => $", {SqlText.Quote(column.Name)}"));
        _insert = $"INSERT INTO {index} (rowid, text) VALUES (?1, ?2)";
        _delete = $"DELETE FROM {index} WHERE rowid = ?1";
        _readOne = $"SELECT {ProjectionLayout.DocColumn}{columns} FROM {rows} WHERE {ProjectionLayout.DocColumn} = ?1";
        _readNew = $"SELECT {ProjectionLayout.DocColumn}{columns} FROM {rows} WHERE {ProjectionLayout.DocColumn} > ?1 ORDER BY {ProjectionLayout.DocColumn} LIMIT ?2";
        _merge = $"INSERT INTO {index} ({index}, rank) VALUES ('merge', ?1)";
    }

    public string Name => _table.Name;

    /// <summary>Greatest document in the index.</summary>
    public long Taken { get; set; }

    /// <summary>Whether small segments wait to become larger ones.</summary>
    public bool NeedsMerge { get; set; }

    public static void Create(Connection connection, SearchableTable table)
    {
        string index = IndexOf(table.Name);

        // Texts are folded before they come here, so the tokenizer compares exactly; the row itself is the content.
        connection.Execute($"CREATE VIRTUAL TABLE {index} USING fts5(text, content='', contentless_delete=1, tokenize='trigram case_sensitive 1')");
        connection.Execute($"""
            INSERT INTO {index} ({index}, rank) VALUES ('pgsz', {LeafSizeBytes});
            INSERT INTO {index} ({index}, rank) VALUES ('hashsize', {HashSizeBytes});
            INSERT INTO {index} ({index}, rank) VALUES ('usermerge', 2);
            INSERT INTO {index} ({index}, rank) VALUES ('rank', '{FullTextRank.Name}()');
            """);
        using Statement insert = connection.Prepare("""INSERT INTO "$text" ("table", "columns", "taken") VALUES (?1, ?2, 0)""");
        insert.BindText(1, table.Name);
        insert.BindText(2, table.Signature);
        insert.Run();
    }

    public static void Drop(Connection connection, string name)
    {
        connection.Execute($"DROP TABLE IF EXISTS {IndexOf(name)}");
        foreach (string sql in new[] { """DELETE FROM "$text" WHERE "table" = ?1""", """DELETE FROM "$text_changed" WHERE "table" = ?1""" })
        {
            using Statement delete = connection.Prepare(sql);
            delete.BindText(1, name);
            delete.Run();
        }
    }

    /// <summary>
    /// Takes in up to so many documents, inside the caller's transaction. Answers how many were taken in and the greatest of
    /// the index, which the caller keeps when the transaction is durable.
    /// </summary>
    public (int Count, long Taken) TakeIn(Connection connection, SearchableText text, int limit)
    {
        int count = TakeInChanged(connection, text, limit);
        (int added, long taken) = TakeInNew(connection, text, limit - count);
        if (taken != Taken)
        {
            using Statement update = connection.Prepare("""UPDATE "$text" SET "taken" = ?2 WHERE "table" = ?1""");
            update.BindText(1, Name);
            update.Bind(2, taken);
            update.Run();
        }

        return (count + added, taken);
    }

    /// <summary>Joins segments of the index, writing about so many pages. False when nothing is left to join.</summary>
    public bool Merge(Connection connection, int pages)
    {
        int before = connection.TotalChanges;
        using Statement merge = connection.Prepare(_merge);
        merge.Bind(1, pages);
        merge.Run();

        // FTS5: a call that did nothing changes less than two rows.
        return connection.TotalChanges - before >= 2;
    }

    private static string IndexOf(string name) => SqlText.Quote($"{name}.$text");

    private int TakeInChanged(Connection connection, SearchableText text, int limit)
    {
        ReadChanged(connection, limit);
        using Statement forget = connection.Prepare("""DELETE FROM "$text_changed" WHERE "table" = ?1 AND "doc" = ?2""");
        using Statement delete = connection.Prepare(_delete);
        using Statement read = connection.Prepare(_readOne);
        using Statement insert = connection.Prepare(_insert);
        forget.BindText(1, Name);
        foreach (long doc in _docs)
        {
            delete.Bind(1, doc);
            delete.Run();
            read.Bind(1, doc);
            if (read.Step())
            {
                Insert(insert, doc, text.Read(read, 1, _table.Columns));
            }

            read.Reset();
            forget.Bind(2, doc);
            forget.Run();
        }

        return _docs.Count;
    }

    private void ReadChanged(Connection connection, int limit)
    {
        _docs.Clear();
        using Statement changed = connection.Prepare("""SELECT "doc" FROM "$text_changed" WHERE "table" = ?1 ORDER BY "doc" LIMIT ?2""");
        changed.BindText(1, Name);
        changed.Bind(2, limit);
        while (changed.Step())
        {
            _docs.Add(changed.GetInt64(0));
        }
    }

    private (int Count, long Taken) TakeInNew(Connection connection, SearchableText text, int limit)
    {
        int count = 0;
        long taken = Taken;
        using Statement rows = connection.Prepare(_readNew);
        using Statement insert = connection.Prepare(_insert);
        rows.Bind(1, Taken);
        rows.Bind(2, limit);
        while (rows.Step())
        {
            taken = rows.GetInt64(0);
            Insert(insert, taken, text.Read(rows, 1, _table.Columns));
            count++;
        }

        return (count, taken);
    }

    private static void Insert(Statement insert, long doc, ReadOnlySpan<byte> text)
    {
        insert.Bind(1, doc);
        insert.BindText(2, text);
        insert.Run();
    }
}
