namespace DiscreetDb.Storage;

/// <summary>Where a <see cref="SqlFunction" /> puts its result; made from the context it got. Spans are copied.</summary>
internal readonly unsafe struct SqlResult(nint context)
{
    public void Set(long value) => Sqlite3.sqlite3_result_int64(context, value);

    public void Set(double value) => Sqlite3.sqlite3_result_double(context, value);

    public void SetNull() => Sqlite3.sqlite3_result_null(context);

    public void SetBlob(ReadOnlySpan<byte> value)
    {
        byte empty = 0;
        fixed (byte* bytes = value)
        {
            Sqlite3.sqlite3_result_blob(context, bytes == null ? &empty : bytes, value.Length, Sqlite3.Copy);
        }
    }

    public void SetText(ReadOnlySpan<byte> utf8)
    {
        byte empty = 0;
        fixed (byte* bytes = utf8)
        {
            Sqlite3.sqlite3_result_text(context, bytes == null ? &empty : bytes, utf8.Length, Sqlite3.Copy);
        }
    }

    /// <summary>Fails the statement.</summary>
    public void Fail(ReadOnlySpan<byte> utf8)
    {
        fixed (byte* bytes = utf8)
        {
            Sqlite3.sqlite3_result_error(context, bytes, utf8.Length);
        }
    }
}
