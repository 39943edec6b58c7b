using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace DiscreetDb.Storage;

/// <summary>One SQLCipher connection. Used by one thread at a time.</summary>
internal sealed unsafe class Connection : IDisposable
{
    /// <summary>Virtual machine instructions between two looks at the token: some ten microseconds.</summary>
    private const int InstructionsBetweenChecks = 2_000;

    private readonly ConnectionHandle _handle;
    private readonly nint _native;
    private readonly StatementCache _idle = new();
    private readonly GCHandle _self;
    private StopCondition _stop;
    private bool _isClosed;

    private Connection(nint native)
    {
        _handle = new ConnectionHandle(native);
        _native = native;
        _self = GCHandle.Alloc(this, GCHandleType.Weak);
        _ = Sqlite3.sqlite3_extended_result_codes(native, 1);
        Sqlite3.sqlite3_progress_handler(native, InstructionsBetweenChecks, &OnProgress, GCHandle.ToIntPtr(_self));
    }

    /// <summary>Rows changed by the last statement.</summary>
    public int Changes => Sqlite3.sqlite3_changes(_native);

    /// <summary>Rows changed since the connection was opened.</summary>
    public int TotalChanges => Sqlite3.sqlite3_total_changes(_native);

    /// <summary>Whether a transaction is open. SQLite ends one by itself on some errors.</summary>
    public bool IsInTransaction => Sqlite3.sqlite3_get_autocommit(_native) == 0;

    /// <summary>Whether the file can only be read.</summary>
    public bool IsReadOnly => Sqlite3.sqlite3_db_readonly(_native, null) == 1;

    /// <summary>Pages in the write-ahead log after the last commit of this connection.</summary>
    public int WalPages { get; private set; }

    internal nint Native => _native;

    /// <summary>Opens a connection without reading the file; see <see cref="SetKey" />.</summary>
    /// <exception cref="DiscreetException">NativeLibraryMissing, ReadOnly, StorageFailed.</exception>
    public static Connection Open(string name, int flags)
    {
        SqliteLibrary.Initialize();
        nint native;
        int result;
        fixed (byte* utf8 = Terminated(name))
        {
            result = Sqlite3.sqlite3_open_v2(utf8, &native, flags | Sqlite3.OpenNoMutex, null);
        }

        if (result == Sqlite3.Ok)
        {
            return new Connection(native);
        }

        DiscreetException failure = SqliteError.Create(native, result, $"Opening `{name}`");
        _ = Sqlite3.sqlite3_close_v2(native);
        throw failure;
    }

    /// <summary>Gives the raw key, and with it the salt at the head of the file. Must come before anything else.</summary>
    public void SetKey(DatabaseKey key)
    {
        // PRAGMA key = "x'…'"
        Span<byte> sql = stackalloc byte[DatabaseKey.HexLength + 32];
        int length = 0;
        Append("PRAGMA key = \"x'"u8, sql, ref length);
        key.WriteHex(sql.Slice(length, DatabaseKey.HexLength));
        length += DatabaseKey.HexLength;
        Append("'\"\0"u8, sql, ref length);
        fixed (byte* text = sql)
        {
            int result = Sqlite3.sqlite3_exec(_native, text, 0, 0, null);
            CryptographicOperations.ZeroMemory(sql);
            if (result != Sqlite3.Ok)
            {
                SqliteError.Throw(_native, result, "Setting the key");
            }
        }
    }

    /// <summary>Runs statements without parameters or results.</summary>
    public void Execute(string sql)
    {
        int result;
        fixed (byte* utf8 = Terminated(sql))
        {
            result = Sqlite3.sqlite3_exec(_native, utf8, 0, 0, null);
        }

        if (result != Sqlite3.Ok)
        {
            throw CreateFailure(result, sql);
        }
    }

    /// <summary>
    /// Leases a prepared statement from this connection's cache, reset and unbound; disposing it gives it back.
    /// The same text may be leased several times at once: each lease is its own statement.
    /// </summary>
    public Statement Prepare(string sql)
    {
        Statement statement = _idle.Take(sql) ?? Compile(sql);
        statement.IsLeased = true;
        return statement;
    }

    /// <summary>Runs a cached statement without parameters or rows, such as COMMIT.</summary>
    public void Run(string sql)
    {
        using Statement statement = Prepare(sql);
        statement.Step();
    }

    /// <summary>First column of the first row; null without a row.</summary>
    public long? ReadInt64(string sql)
    {
        using Statement statement = Prepare(sql);
        return statement.Step() ? statement.GetInt64(0) : null;
    }

    /// <summary>First column of the first row; null without a row.</summary>
    public string? ReadText(string sql)
    {
        using Statement statement = Prepare(sql);
        return statement.Step() && !statement.IsNull(0) ? Encoding.UTF8.GetString(statement.GetText(0)) : null;
    }

    /// <summary>Makes a scalar function known to this connection.</summary>
    public void RegisterFunction(SqlFunction function)
    {
        int result;
        fixed (byte* name = Terminated(function.Name))
        {
            result = Sqlite3.sqlite3_create_function_v2(
                _native, name, function.ArgumentCount, Sqlite3.FunctionFlags, 0, function.Callback, 0, 0, 0);
        }

        if (result != Sqlite3.Ok)
        {
            throw CreateFailure(result, $"function {function.Name}");
        }
    }

    /// <summary>From now on statements of this connection stop as the condition says; default: never.</summary>
    public void StopWhen(in StopCondition condition) => _stop = condition;

    /// <summary>For work on the connection that runs no statement.</summary>
    /// <exception cref="DiscreetException">Closed, Cancelled, TimedOut.</exception>
    public void ThrowIfStopped() => _stop.ThrowIfMet();

    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        _idle.Clear();
        _handle.Dispose();
        _self.Free();
    }

    /// <summary>Memory of the pages this connection holds, in bytes.</summary>
    internal long CacheSizeBytes
    {
        get
        {
            int size;
            int highest;
            _ = Sqlite3.sqlite3_db_status(_native, Sqlite3.StatusCacheUsed, &size, &highest, 0);
            return size;
        }
    }

    /// <summary>Gives back the memory of every page that no statement is using.</summary>
    internal void ReleaseMemory() => _ = Sqlite3.sqlite3_db_release_memory(_native);

    /// <summary>Counts pages of the write-ahead log from now on; replaces SQLite's own checkpoints at commit.</summary>
    internal void WatchWal() => _ = Sqlite3.sqlite3_wal_hook(_native, &OnWalCommit, GCHandle.ToIntPtr(_self));

    /// <summary>The whole log is in the file: the next commit begins it anew.</summary>
    internal void ForgetWal() => WalPages = 0;

    /// <summary>Copies what it can of the write-ahead log into the file. True when nothing is left to copy.</summary>
    internal bool Checkpoint(int mode)
    {
        int frames;
        int copied;
        int result = Sqlite3.sqlite3_wal_checkpoint_v2(_native, null, mode, &frames, &copied);
        if (result is Sqlite3.Busy or Sqlite3.Locked)
        {
            return false;
        }

        if (result != Sqlite3.Ok)
        {
            throw CreateFailure(result, "checkpoint");
        }

        return frames == copied;
    }

    internal DiscreetException CreateFailure(int result, string sql)
    {
        if ((result & 0xff) == Sqlite3.Interrupt)
        {
            return _stop.CreateFailure();
        }

        return SqliteError.Create(_native, result, $"`{sql}`");
    }

    internal void Return(Statement statement)
    {
        if (!statement.IsLeased)
        {
            return;
        }

        statement.IsLeased = false;
        if (_isClosed)
        {
            statement.Release();
            return;
        }

        _idle.Add(statement);
    }

    private static void Append(ReadOnlySpan<byte> text, Span<byte> destination, ref int length)
    {
        text.CopyTo(destination[length..]);
        length += text.Length;
    }

    private static byte[] Terminated(string text)
    {
        byte[] utf8 = new byte[Encoding.UTF8.GetMaxByteCount(text.Length) + 1];
        Encoding.UTF8.GetBytes(text, utf8);
        return utf8;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnProgress(nint self) =>
        GCHandle.FromIntPtr(self).Target is Connection connection && connection._stop.IsMet ? 1 : 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnWalCommit(nint self, nint native, byte* database, int pages)
    {
        if (GCHandle.FromIntPtr(self).Target is Connection connection)
        {
            connection.WalPages = pages;
        }

        return Sqlite3.Ok;
    }

    private Statement Compile(string sql)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        byte[] utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(sql.Length) + 1);
        int size = Encoding.UTF8.GetBytes(sql, utf8);
        utf8[size] = 0;
        nint native;
        int result;
        fixed (byte* text = utf8)
        {
            result = Sqlite3.sqlite3_prepare_v3(_native, text, size + 1, Sqlite3.PreparePersistent, &native, null);
        }

        ArrayPool<byte>.Shared.Return(utf8);
        return result == Sqlite3.Ok ? new Statement(this, sql, native) : throw CreateFailure(result, sql);
    }
}
