using DiscreetDb.Core;

namespace DiscreetDb;

public sealed partial class Discreet
{
    /// <summary>BLAKE3-256 of the bytes, 32 bytes: what a program names a large value by that it keeps outside.</summary>
    /// <example>
    /// <code>
    /// string name = Base64Url.Encode(Discreet.Hash(photo));
    /// </code>
    /// </example>
    public static byte[] Hash(ReadOnlySpan<byte> bytes)
    {
        byte[] hash = new byte[Blake3.HashSizeBytes];
        Blake3.Hash(bytes, hash);
        return hash;
    }
}
