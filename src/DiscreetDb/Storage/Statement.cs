using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using DiscreetDb.Core;

namespace DiscreetDb.Storage;

/// <summary>A leased prepared statement. Parameters count from 1, columns from 0. Bound spans are copied by SQLite.</summary>
internal sealed unsafe class Statement : IDisposable
{
    /// <summary>Beyond it the copy of a bound value is no longer short enough to hold up a garbage collection.</summary>
    private const int ShortSizeBytes = 4_096;

    private const int StackSizeBytes = 512;

    private readonly Connection _connection;
    private nint _handle;

    internal Statement(Connection connection, string sql, nint handle)
    {
        _connection = connection;
        _handle = handle;
        Sql = sql;
    }

    /// <summary>The text it was prepared from.</summary>
    public string Sql { get; }

    /// <summary>Columns of a row; 0 for statements without rows.</summary>
    public int ColumnCount => Sqlite3.sqlite3_column_count(_handle);

    /// <summary>Whether it writes nothing.</summary>
    public bool IsReadOnly => Sqlite3.sqlite3_stmt_readonly(_handle) != 0;

    // The links of the connection's cache live in the statements, so keeping one costs no allocation.
    internal Statement? NextSame { get; set; }

    internal Statement? Newer { get; set; }

    internal Statement? Older { get; set; }

    internal bool IsLeased { get; set; }

    public void Bind(int parameter, long value) => Check(Sqlite3.sqlite3_bind_int64(_handle, parameter, value));

    public void Bind(int parameter, double value) => Check(Sqlite3.sqlite3_bind_double(_handle, parameter, value));

    public void BindNull(int parameter) => Check(Sqlite3.sqlite3_bind_null(_handle, parameter));

    public void BindText(int parameter, ReadOnlySpan<byte> utf8)
    {
        byte empty = 0;
        fixed (byte* bytes = utf8)
        {
            // A null pointer would bind NULL, not the empty text.
            byte* pointer = bytes == null ? &empty : bytes;
            Check(utf8.Length <= ShortSizeBytes
                ? Sqlite3.sqlite3_bind_text(_handle, parameter, pointer, utf8.Length, Sqlite3.Copy)
                : Sqlite3.sqlite3_bind_long_text(_handle, parameter, pointer, utf8.Length, Sqlite3.Copy));
        }
    }

    [SkipLocalsInit]
    public void BindText(int parameter, string text)
    {
        int maximum = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (maximum <= StackSizeBytes)
        {
            Span<byte> utf8 = stackalloc byte[StackSizeBytes];
            BindText(parameter, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
            return;
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(maximum);
        int size = Encoding.UTF8.GetBytes(text, rented);
        BindText(parameter, rented.AsSpan(0, size));
        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
    }

    public void BindBlob(int parameter, ReadOnlySpan<byte> value)
    {
        byte empty = 0;
        fixed (byte* bytes = value)
        {
            byte* pointer = bytes == null ? &empty : bytes;
            Check(value.Length <= ShortSizeBytes
                ? Sqlite3.sqlite3_bind_blob(_handle, parameter, pointer, value.Length, Sqlite3.Copy)
                : Sqlite3.sqlite3_bind_long_blob(_handle, parameter, pointer, value.Length, Sqlite3.Copy));
        }
    }

    public void Bind(int parameter, Uid id)
    {
        byte* bytes = stackalloc byte[Uid.SizeBytes];
        id.CopyTo(new Span<byte>(bytes, Uid.SizeBytes));
        Check(Sqlite3.sqlite3_bind_blob(_handle, parameter, bytes, Uid.SizeBytes, Sqlite3.Copy));
    }

    /// <summary>Null, Boolean and Integer as INTEGER, Float as REAL, Text and Json as TEXT, Bytes and Reference as BLOB.</summary>
    public void Bind(int parameter, in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Null:
                BindNull(parameter);
                break;
            case ValueKind.Boolean or ValueKind.Integer:
                Bind(parameter, value.AsInteger);
                break;
            case ValueKind.Float:
                Bind(parameter, value.AsFloat);
                break;
            case ValueKind.Text or ValueKind.Json:
                BindText(parameter, value.AsBytes.Span);
                break;
            case ValueKind.Bytes or ValueKind.Reference:
                BindBlob(parameter, value.AsBytes.Span);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Binds an address for a function that knows the type; the type is a constant with its terminator.</summary>
    internal void BindPointer(int parameter, void* pointer, ReadOnlySpan<byte> type)
    {
        fixed (byte* name = type)
        {
            Check(Sqlite3.sqlite3_bind_pointer(_handle, parameter, pointer, name, 0));
        }
    }

    /// <summary>True while there is a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Step()
    {
        int result = Sqlite3.sqlite3_step(_handle);
        if (result == Sqlite3.Row)
        {
            return true;
        }

        if (result != Sqlite3.Done)
        {
            Fail(result);
        }

        return false;
    }

    /// <summary>Steps once and resets; for statements without rows.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    /// <summary>Back to the first row; bindings stay.</summary>
    public void Reset() => _ = Sqlite3.sqlite3_reset(_handle);

    public SqliteType GetType(int column) => (SqliteType)Sqlite3.sqlite3_column_type(_handle, column);

    public bool IsNull(int column) => GetType(column) == SqliteType.Null;

    public long GetInt64(int column) => Sqlite3.sqlite3_column_int64(_handle, column);

    public double GetDouble(int column) => Sqlite3.sqlite3_column_double(_handle, column);

    /// <summary>Valid until the next step, reset or dispose.</summary>
    public ReadOnlySpan<byte> GetBlob(int column)
    {
        byte* bytes = Sqlite3.sqlite3_column_blob(_handle, column);
        return new ReadOnlySpan<byte>(bytes, Sqlite3.sqlite3_column_bytes(_handle, column));
    }

    /// <summary>UTF-8, valid until the next step, reset or dispose.</summary>
    public ReadOnlySpan<byte> GetText(int column)
    {
        byte* utf8 = Sqlite3.sqlite3_column_text(_handle, column);
        return new ReadOnlySpan<byte>(utf8, Sqlite3.sqlite3_column_bytes(_handle, column));
    }

    /// <exception cref="DiscreetException">DatabaseCorrupt: the column does not hold 16 bytes.</exception>
    public Uid GetUid(int column)
    {
        ReadOnlySpan<byte> bytes = GetBlob(column);
        return bytes.Length == Uid.SizeBytes ? new Uid(bytes) : throw NotAnId(column, bytes.Length);
    }

    /// <summary>Gives the statement back, reset and unbound.</summary>
    public void Dispose()
    {
        if (_handle != 0)
        {
            _ = Sqlite3.sqlite3_reset(_handle);
            _ = Sqlite3.sqlite3_clear_bindings(_handle);
            _connection.Return(this);
        }
    }

    /// <summary>Ends the native statement; only the connection calls it.</summary>
    internal void Release()
    {
        _ = Sqlite3.sqlite3_finalize(_handle);
        _handle = 0;
    }

    private void Check(int result)
    {
        if (result != Sqlite3.Ok)
        {
            Fail(result);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Fail(int result)
    {
        DiscreetException failure = _connection.CreateFailure(result, Sql);
        _ = Sqlite3.sqlite3_reset(_handle);
        throw failure;
    }

    private DiscreetException NotAnId(int column, int size) =>
        new(ErrorCode.DatabaseCorrupt, $"Column {column} of `{Sql}` holds {size} bytes where an id of {Uid.SizeBytes} is expected. Run an integrity check.");
}
