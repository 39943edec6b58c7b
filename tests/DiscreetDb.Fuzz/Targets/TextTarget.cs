namespace DiscreetDb.Fuzz.Targets;

/// <summary>A parser of texts: it answers a tree or a <see cref="DiscreetException" /> with a place, nothing else.</summary>
internal sealed class TextTarget(string name, IReadOnlyList<byte[]> seeds, Action<ReadOnlyMemory<byte>> parse) : FuzzTarget
{
    private static readonly HashSet<ErrorCode> WithoutPlace = [ErrorCode.TextTooLarge];

    public override string Name => name;

    public override IReadOnlyList<byte[]> Seeds => seeds;

    public override void Run(byte[] input)
    {
        try
        {
            parse(input);
        }
        catch (DiscreetException e) when (e.Location is { Line: > 0, Column: > 0 } || WithoutPlace.Contains(e.Code))
        {
            // Refused, with the place that is at fault.
        }
    }
}
