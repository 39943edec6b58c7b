namespace DiscreetDb.Core;

/// <summary>Why a text is not JSON this engine stores, and at which byte.</summary>
internal readonly record struct JsonFault(string Reason, int Offset)
{
    public override string ToString() => $"{Reason} at byte {Offset}";
}
