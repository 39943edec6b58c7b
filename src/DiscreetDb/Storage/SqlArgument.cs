namespace DiscreetDb.Storage;

/// <summary>An argument of a <see cref="SqlFunction" />. Spans are valid until the function returns.</summary>
internal readonly unsafe struct SqlArgument(nint value)
{
    public SqliteType Type => (SqliteType)Sqlite3.sqlite3_value_type(value);

    public bool IsNull => Type == SqliteType.Null;

    public long Int64 => Sqlite3.sqlite3_value_int64(value);

    public double Double => Sqlite3.sqlite3_value_double(value);

    public ReadOnlySpan<byte> Blob
    {
        get
        {
            byte* bytes = Sqlite3.sqlite3_value_blob(value);
            return new ReadOnlySpan<byte>(bytes, Sqlite3.sqlite3_value_bytes(value));
        }
    }

    public ReadOnlySpan<byte> Text
    {
        get
        {
            byte* utf8 = Sqlite3.sqlite3_value_text(value);
            return new ReadOnlySpan<byte>(utf8, Sqlite3.sqlite3_value_bytes(value));
        }
    }
}
