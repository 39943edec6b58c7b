namespace DiscreetDb.Core;

/// <summary>XChaCha20-Poly1305 by libsodium (draft-irtf-cfrg-xchacha-03); nonces may be random.</summary>
internal static class XChaCha20Poly1305
{
    public const int KeySizeBytes = 32;

    public const int NonceSizeBytes = 24;

    public const int TagSizeBytes = 16;

    /// <summary>Writes the ciphertext and its tag: <see cref="TagSizeBytes" /> more than the plaintext.</summary>
    public static void Encrypt(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext)
    {
        CheckSizes(key, nonce);
        ArgumentOutOfRangeException.ThrowIfNotEqual(ciphertext.Length, plaintext.Length + TagSizeBytes);
        Sodium.EnsureLoaded();
        Sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
            ciphertext, 0, plaintext, (ulong)plaintext.Length, associatedData, (ulong)associatedData.Length, 0, nonce, key);
    }

    /// <summary>False, and nothing of use in <paramref name="plaintext" />, when anything was altered.</summary>
    public static bool TryDecrypt(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext)
    {
        CheckSizes(key, nonce);
        if (ciphertext.Length < TagSizeBytes || plaintext.Length != ciphertext.Length - TagSizeBytes)
        {
            return false;
        }

        Sodium.EnsureLoaded();
        return Sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
            plaintext, 0, 0, ciphertext, (ulong)ciphertext.Length, associatedData, (ulong)associatedData.Length, nonce, key) == 0;
    }

    private static void CheckSizes(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeySizeBytes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(nonce.Length, NonceSizeBytes);
    }
}
