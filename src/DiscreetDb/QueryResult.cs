namespace DiscreetDb;

/// <summary>The answer of a query: UTF-8 JSON as it was written.</summary>
public sealed class QueryResult
{
    /// <summary>The bytes as written, never parsed.</summary>
    public ReadOnlyMemory<byte> Utf8 => throw new NotSupportedException();

    /// <summary>The text.</summary>
    public override string ToString() => throw new NotSupportedException();
}

/// <summary>The answer of a mutation.</summary>
public sealed class MutationResult
{
    /// <summary>UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Utf8 => throw new NotSupportedException();

    /// <summary>The text.</summary>
    public override string ToString() => throw new NotSupportedException();
}

/// <summary>Something that happened.</summary>
public abstract record DiscreetEvent
{
    /// <summary>Rows changed: which entities, by room (null: local).</summary>
    public sealed record DataChanged(IReadOnlyDictionary<string, IReadOnlyList<string>> Rooms) : DiscreetEvent;
}

/// <summary>A pipelined stream of mutations.</summary>
public sealed class MutationStream : IAsyncDisposable
{
    /// <summary>Ends the stream.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
