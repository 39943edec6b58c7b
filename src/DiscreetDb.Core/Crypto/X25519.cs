namespace DiscreetDb.Core;

/// <summary>X25519 by libsodium (RFC 7748).</summary>
internal static class X25519
{
    public const int KeySizeBytes = 32;

    public static void GetPublicKey(ReadOnlySpan<byte> secretKey, Span<byte> publicKey)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secretKey.Length, KeySizeBytes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(publicKey.Length, KeySizeBytes);
        Sodium.EnsureLoaded();
        Sodium.crypto_scalarmult_base(publicKey, secretKey);
    }

    /// <summary>
    /// The secret the two share, to be hashed before use; false for a public key of another size or of small order, with
    /// which everybody would share it.
    /// </summary>
    public static bool TryAgree(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> publicKey, Span<byte> shared)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secretKey.Length, KeySizeBytes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(shared.Length, KeySizeBytes);
        Sodium.EnsureLoaded();
        return publicKey.Length == KeySizeBytes && Sodium.crypto_scalarmult(shared, secretKey, publicKey) == 0;
    }
}
