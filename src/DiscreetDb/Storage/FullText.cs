using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace DiscreetDb.Storage;

/// <summary>
/// The full text of the entities: trigrams of every row, taken in behind the acknowledgement of writes. A search first takes
/// in what was acknowledged before it, so index and rows of its snapshot agree exactly (I13).
/// </summary>
/// <remarks>
/// What the index lacks is known from the file alone: rows above the greatest document taken in, and the list of changed
/// ones. A crash therefore only means catching up.
/// </remarks>
internal sealed class FullText : IBackgroundWork, IDisposable
{
    /// <summary>Most documents taken in in one transaction: bounds memory, and what a write waits for.</summary>
    private const int LargestSlice = 8_192;

    private const int SmallestSlice = 512;

    /// <summary>Fewer documents wait for a search or for company: taking them in costs as much as a search that does it.</summary>
    private const int WorthwhileCount = 64;

    /// <summary>Pages of the index rewritten at a time when small segments are joined.</summary>
    private const int MergePages = 256;

    /// <summary>So long without a write, and the index follows.</summary>
    private static readonly TimeSpan QuietTime = TimeSpan.FromMilliseconds(50);

    private readonly Writer _writer;
    private readonly ReaderPool _readers;
    private readonly MemoryGate? _memoryGate;
    private readonly Durability _durability;
    private readonly ITimer _timer;
    private readonly SearchableText _text = new();
    private readonly Dictionary<string, long> _lastDocs = new(StringComparer.Ordinal);
    private Dictionary<string, FullTextTable> _tables = new(StringComparer.Ordinal);

    // Both only grow. Equal: the index lacks nothing that is committed or being committed.
    private long _written;
    private long _taken;
    private int _pendingCount;
    private int _changesAtTick;
    private bool _isTimerSet;
    private volatile bool _hasTicked;
    private bool _isQuiet;
    private bool _isMergeDue;

    public FullText(Writer writer, ReaderPool readers, MemoryGate? memoryGate, DatabaseOptions options)
    {
        _writer = writer;
        _readers = readers;
        _memoryGate = memoryGate;
        _durability = options.Durability;
        _timer = options.TimeProvider.CreateTimer(_ => OnTick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>About how many documents the index lacks.</summary>
    public int PendingCount => Volatile.Read(ref _pendingCount);

    bool IBackgroundWork.IsUrgent => PendingCount > Limits.FullTextLag;

    private bool IsComplete => Volatile.Read(ref _written) == Volatile.Read(ref _taken);

    /// <summary>
    /// Sets which tables have full text, at opening and when the model changes: indexes appear, go, and begin anew where the
    /// columns changed. The tables exist already.
    /// </summary>
    public void Configure(WriteTransaction transaction, IReadOnlyCollection<SearchableTable> tables)
    {
        Dictionary<string, FullTextTable> before = _tables;
        transaction.OnRollback(() => _tables = before);
        Connection connection = transaction.Connection;
        Dictionary<string, string> stored = ReadStored(connection);
        foreach (SearchableTable table in tables)
        {
            if (stored.Remove(table.Name, out string? signature) && signature == table.Signature)
            {
                continue;
            }

            FullTextTable.Drop(connection, table.Name);
            FullTextTable.Create(connection, table);
        }

        foreach (string name in stored.Keys)
        {
            FullTextTable.Drop(connection, name);
        }

        _tables = tables.ToDictionary(table => table.Name, table => new FullTextTable(table), StringComparer.Ordinal);
        Load(connection);
    }

    /// <summary>The number of a new row of the table, for its column <c>$doc</c>; greater than every number before.</summary>
    public long NextDoc(WriteTransaction transaction, string table)
    {
        ref long last = ref CollectionsMarshal.GetValueRefOrAddDefault(_lastDocs, table, out bool isKnown);
        if (!isKnown)
        {
            last = ReadLastDoc(transaction.Connection, table);
        }

        if (_tables.ContainsKey(table))
        {
            Note();
        }

        return ++last;
    }

    /// <summary>Tells that the text of a row changed, or that the row is gone; the index follows before the next search.</summary>
    public void Changed(WriteTransaction transaction, string table, long doc)
    {
        if (!_tables.TryGetValue(table, out FullTextTable? index))
        {
            return;
        }

        Note();
        if (doc > index.Taken)
        {
            return;
        }

        using Statement insert = transaction.Connection.Prepare("""INSERT OR IGNORE INTO "$text_changed" ("table", "doc") VALUES (?1, ?2)""");
        insert.BindText(1, table);
        insert.Bind(2, doc);
        insert.Run();
    }

    /// <summary>
    /// Begins a read transaction in which every row is found by its text and nothing else is: what the index lacks is taken
    /// in by the writer, which takes the snapshot before it goes on.
    /// </summary>
    /// <exception cref="DiscreetException">As <see cref="ReaderPool.Begin" /> and <see cref="Writer.RunAsync" />.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The caller gets it.")]
    public ValueTask<ReadTransaction> BeginSearchAsync(CancellationToken cancellationToken, TimeSpan? timeout = null) =>
        TryBegin(timeout, cancellationToken) is { } read
            ? new ValueTask<ReadTransaction>(read)
            : CatchUpAndBeginAsync(timeout, cancellationToken);

    /// <summary>Takes in everything committed before; for tests, measurements and maintenance.</summary>
    public async ValueTask CatchUpAsync(CancellationToken cancellationToken) =>
        await _writer.RunAloneAsync(TakeInAll, cancellationToken).ConfigureAwait(false);

    bool IBackgroundWork.RunSlice(Connection connection)
    {
        if (!((IBackgroundWork)this).IsUrgent && !IsQuiet(connection))
        {
            return false;
        }

        bool isMore = RunOne(connection);
        _changesAtTick = connection.TotalChanges; // its own changes are no writes of others
        return isMore;
    }

    public void Dispose() => _timer.Dispose();

    private static Dictionary<string, string> ReadStored(Connection connection)
    {
        Dictionary<string, string> stored = new(StringComparer.Ordinal);
        using Statement read = connection.Prepare("""SELECT "table", "columns" FROM "$text" """);
        while (read.Step())
        {
            stored.Add(Encoding.UTF8.GetString(read.GetText(0)), Encoding.UTF8.GetString(read.GetText(1)));
        }

        return stored;
    }

    private static long ReadTaken(Connection connection, string table)
    {
        using Statement read = connection.Prepare("""SELECT "taken" FROM "$text" WHERE "table" = ?1""");
        read.BindText(1, table);
        return read.Step() ? read.GetInt64(0) : 0;
    }

    /// <summary>Above the greatest row and above everything taken in: the index may still hold documents of rows that are gone.</summary>
    private static long ReadLastDoc(Connection connection, string table) => Math.Max(
        ReadTaken(connection, table),
        connection.ReadInt64($"SELECT max({ProjectionLayout.DocColumn}) FROM {SqlText.Quote(table)}") ?? 0);

    /// <summary>A snapshot whose index lacks nothing, if one is to be had without the writer.</summary>
    private ReadTransaction? TryBegin(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        long written = Volatile.Read(ref _written);
        if (written != Volatile.Read(ref _taken))
        {
            return null;
        }

        ReadTransaction read = _readers.Begin(cancellationToken, timeout);

        // A write counts itself before it commits: the same number, so nothing was committed that the index lacks.
        if (Volatile.Read(ref _written) == written)
        {
            return read;
        }

        read.Dispose();
        return null;
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The connection goes back to the pool, by hand or with the transaction.")]
    private async ValueTask<ReadTransaction> CatchUpAndBeginAsync(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        Connection connection = _readers.Lease(cancellationToken, timeout);
        bool isGivenBack = false;
        try
        {
            return await _writer.RunAloneAsync(
                writing =>
                {
                    TakeInAll(writing);
                    _memoryGate?.EnterReaderInTurn();
                    isGivenBack = true; // by the transaction, or by its failure
                    return _readers.TakeSnapshot(connection);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch when (!isGivenBack)
        {
            _readers.GiveBack(connection);
            throw;
        }
    }

    private void Load(Connection connection)
    {
        int pending = 0;
        foreach (FullTextTable table in _tables.Values)
        {
            table.Taken = ReadTaken(connection, table.Name);
            long last = ReadLastDoc(connection, table.Name);
            _lastDocs[table.Name] = Math.Max(last, _lastDocs.GetValueOrDefault(table.Name));
            pending += (int)Math.Min(last - table.Taken, Limits.FullTextLag);
        }

        pending += (int)(connection.ReadInt64("""SELECT count(*) FROM "$text_changed" """) ?? 0);
        if (pending > 0)
        {
            Interlocked.Increment(ref _written);
        }

        Volatile.Write(ref _pendingCount, pending);
    }

    private void Note()
    {
        Interlocked.Increment(ref _written);
        Interlocked.Increment(ref _pendingCount);
    }

    private bool RunOne(Connection connection)
    {
        if (IsComplete || PendingCount < WorthwhileCount)
        {
            return Merge(connection);
        }

        TakeInSlice(connection, Math.Clamp(PendingCount / 4, SmallestSlice, LargestSlice));
        return true;
    }

    private bool TakeInAll(Connection connection)
    {
        while (!IsComplete)
        {
            TakeInSlice(connection, LargestSlice);
        }

        return true;
    }

    /// <summary>
    /// One transaction, on the writer's thread. It need not reach the disk by itself: lost in a crash, it is done again, and
    /// the next durable transaction takes it along.
    /// </summary>
    private void TakeInSlice(Connection connection, int limit)
    {
        long written = Volatile.Read(ref _written);
        ConnectionFactory.SetDurability(connection, Durability.Normal);
        try
        {
            int left = limit;
            List<(FullTextTable Table, int Count, long Taken)> done = [];
            connection.Run("BEGIN IMMEDIATE");
            foreach (FullTextTable table in _tables.Values)
            {
                if (left > 0)
                {
                    (int count, long taken) = table.TakeIn(connection, _text, left);
                    left -= count;
                    done.Add((table, count, taken));
                }
            }

            connection.Run("COMMIT");
            foreach ((FullTextTable table, int count, long taken) in done)
            {
                table.Taken = taken;
                table.NeedsMerge |= count > 0;
                _isMergeDue |= count > 0;
            }

            if (left > 0)
            {
                Volatile.Write(ref _taken, written);
            }

            Volatile.Write(ref _pendingCount, left > 0 ? 0 : Math.Max(WorthwhileCount, PendingCount - limit));
        }
        finally
        {
            if (connection.IsInTransaction)
            {
                connection.Run("ROLLBACK");
            }

            ConnectionFactory.SetDurability(connection, _durability);
        }
    }

    private bool Merge(Connection connection)
    {
        FullTextTable? table = _tables.Values.FirstOrDefault(table => table.NeedsMerge);
        _isMergeDue = table is not null;
        if (table is null)
        {
            return false;
        }

        ConnectionFactory.SetDurability(connection, Durability.Normal);
        try
        {
            table.NeedsMerge = table.Merge(connection, MergePages);
        }
        finally
        {
            ConnectionFactory.SetDurability(connection, _durability);
        }

        return true;
    }

    /// <summary>
    /// Whether nothing at all was written between two ticks, so that no write of whatever table waits for a slice; sets the
    /// next tick if there is something to wait for.
    /// </summary>
    private bool IsQuiet(Connection connection)
    {
        int changes = connection.TotalChanges;
        if (_hasTicked)
        {
            _hasTicked = false;
            _isTimerSet = false;
            _isQuiet = changes == _changesAtTick;
        }

        if (changes != _changesAtTick)
        {
            _isQuiet = false;
        }

        if (!_isQuiet && !_isTimerSet && (PendingCount >= WorthwhileCount || _isMergeDue))
        {
            _changesAtTick = changes;
            _isTimerSet = true;
            _timer.Change(QuietTime, Timeout.InfiniteTimeSpan);
        }

        return _isQuiet;
    }

    private void OnTick()
    {
        _hasTicked = true;
        _writer.Wake();
    }
}
