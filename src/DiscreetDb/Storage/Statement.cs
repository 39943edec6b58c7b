using DiscreetDb.Core;

namespace DiscreetDb.Storage;

/// <summary>A leased prepared statement. Parameters count from 1, columns from 0. Bound spans are copied by SQLite.</summary>
internal sealed class Statement : IDisposable
{
    public void Bind(int parameter, long value) => throw new NotSupportedException();

    public void Bind(int parameter, double value) => throw new NotSupportedException();

    public void BindNull(int parameter) => throw new NotSupportedException();

    public void BindText(int parameter, ReadOnlySpan<byte> utf8) => throw new NotSupportedException();

    public void BindText(int parameter, string text) => throw new NotSupportedException();

    public void BindBlob(int parameter, ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

    public void Bind(int parameter, Uid id) => throw new NotSupportedException();

    /// <summary>Null, Boolean and Integer as INTEGER, Float as REAL, Text and Json as TEXT, Bytes and Reference as BLOB.</summary>
    public void Bind(int parameter, in Value value) => throw new NotSupportedException();

    /// <summary>True while there is a row.</summary>
    public bool Step() => throw new NotSupportedException();

    /// <summary>Steps once and resets; for statements without rows.</summary>
    public void Run() => throw new NotSupportedException();

    /// <summary>Back to the first row; bindings stay.</summary>
    public void Reset() => throw new NotSupportedException();

    public SqliteType GetType(int column) => throw new NotSupportedException();

    public bool IsNull(int column) => throw new NotSupportedException();

    public long GetInt64(int column) => throw new NotSupportedException();

    public double GetDouble(int column) => throw new NotSupportedException();

    /// <summary>Valid until the next step, reset or dispose.</summary>
    public ReadOnlySpan<byte> GetBlob(int column) => throw new NotSupportedException();

    /// <summary>UTF-8, valid until the next step, reset or dispose.</summary>
    public ReadOnlySpan<byte> GetText(int column) => throw new NotSupportedException();

    public Uid GetUid(int column) => throw new NotSupportedException();

    public void Dispose() => throw new NotSupportedException();
}

/// <summary>Storage class of a column's value.</summary>
internal enum SqliteType
{
    Integer = 1,
    Float = 2,
    Text = 3,
    Blob = 4,
    Null = 5,
}
