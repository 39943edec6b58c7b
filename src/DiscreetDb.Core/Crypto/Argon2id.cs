namespace DiscreetDb.Core;

/// <summary>Argon2id 1.3 by libsodium, with one lane (RFC 9106).</summary>
internal static class Argon2id
{
    public const int SaltSizeBytes = 16;

    private const int Algorithm = 2;

    /// <summary>Derives from a password; costs <paramref name="memorySizeBytes" /> of memory during the call.</summary>
    /// <exception cref="InsufficientMemoryException">The memory cannot be had.</exception>
    public static void Derive(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int passes, int memorySizeBytes, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(salt.Length, SaltSizeBytes);
        Sodium.EnsureLoaded();
        int result = Sodium.crypto_pwhash(
            output, (ulong)output.Length, password, (ulong)password.Length, salt, (ulong)passes, (nuint)memorySizeBytes, Algorithm);
        if (result != 0)
        {
            throw new InsufficientMemoryException($"Argon2id needs {memorySizeBytes >> 20} MiB of memory, which cannot be had.");
        }
    }
}
