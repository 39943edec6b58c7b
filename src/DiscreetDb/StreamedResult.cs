namespace DiscreetDb;

/// <summary>What became of one document of a <see cref="MutationStream" />: a result or an error.</summary>
public sealed class StreamedResult
{
    private readonly MutationResult? _result;

    private StreamedResult(long index, MutationResult? result, DiscreetException? error)
    {
        Index = index;
        _result = result;
        Error = error;
    }

    /// <summary>Which document, counted from 0 in the order sent.</summary>
    public long Index { get; }

    /// <summary>Why the document was refused, or null: it is written.</summary>
    public DiscreetException? Error { get; }

    /// <summary>The answer of the mutation.</summary>
    /// <exception cref="DiscreetException">The document was refused; <see cref="Error" />.</exception>
    public MutationResult Result => _result ?? throw Error!; // one of the two is set

    internal static async Task<StreamedResult> Of(long index, Task<MutationResult> mutation)
    {
        try
        {
            return new StreamedResult(index, await mutation.ConfigureAwait(false), null);
        }
        catch (DiscreetException refused)
        {
            return new StreamedResult(index, null, refused);
        }
    }
}
