namespace DiscreetDb.Core;

internal static partial class Blake3
{
    public const int HashSizeBytes = 32;

    public const int KeySizeBytes = 32;

    /// <summary>Hashes; an output longer than 32 bytes is filled from the extendable output.</summary>
    public static void Hash(ReadOnlySpan<byte> input, Span<byte> hash) => throw new NotSupportedException();

    public static Hash256 Hash(ReadOnlySpan<byte> input) => throw new NotSupportedException();

    /// <summary>Hashes under a 32-byte key.</summary>
    public static void KeyedHash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input, Span<byte> hash) => throw new NotSupportedException();

    /// <summary>Derives a key; the context is a constant of the program, never data.</summary>
    public static void DeriveKey(string context, ReadOnlySpan<byte> ikm, Span<byte> output) => throw new NotSupportedException();

    /// <summary>
    /// Hashes many independent inputs, stored one after the other, several at a time: input <c>i</c> is the next
    /// <c>sizes[i]</c> bytes, its hash the 32 bytes at <c>32 * i</c>.
    /// </summary>
    public static void HashMany(ReadOnlySpan<byte> inputs, ReadOnlySpan<int> sizes, Span<byte> hashes) => throw new NotSupportedException();
}
