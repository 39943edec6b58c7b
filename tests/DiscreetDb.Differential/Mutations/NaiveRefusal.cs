namespace DiscreetDb.Differential.Mutations;

/// <summary>The naive model refuses a document with this code.</summary>
internal sealed class NaiveRefusal(ErrorCode code) : Exception(code.ToString())
{
    public ErrorCode Code { get; } = code;
}
