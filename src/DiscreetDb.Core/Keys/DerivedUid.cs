namespace DiscreetDb.Core;

/// <summary>Ids that are hashes, so that nobody can choose them: <c>H(label ‖ bytes)[..16]</c>.</summary>
internal static class DerivedUid
{
    private const int MaxInputSizeBytes = 64;

    /// <summary>Label and bytes are at most 64 bytes together.</summary>
    public static Uid Of(ReadOnlySpan<byte> label, ReadOnlySpan<byte> bytes)
    {
        Span<byte> input = stackalloc byte[MaxInputSizeBytes];
        label.CopyTo(input);
        bytes.CopyTo(input[label.Length..]);
        Span<byte> hash = stackalloc byte[Blake3.HashSizeBytes];
        Blake3.Hash(input[..(label.Length + bytes.Length)], hash);
        return new Uid(hash[..Uid.SizeBytes]);
    }
}
