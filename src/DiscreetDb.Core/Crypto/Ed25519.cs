namespace DiscreetDb.Core;

/// <summary>
/// Ed25519 by libsodium (RFC 8032). One strictness rule everywhere: canonical encodings only, no public key or
/// commitment of small order, and never a batch, so that no two peers can disagree about a signature.
/// </summary>
internal static class Ed25519
{
    public const int SeedSizeBytes = 32;

    public const int PublicKeySizeBytes = 32;

    public const int SecretKeySizeBytes = 64;

    public const int SignatureSizeBytes = 64;

    /// <summary>False for a wrong signature, and for a key or signature of a wrong size.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != PublicKeySizeBytes || signature.Length != SignatureSizeBytes)
        {
            return false;
        }

        Sodium.EnsureLoaded();
        return Sodium.crypto_sign_verify_detached(signature, message, (ulong)message.Length, publicKey) == 0;
    }
}
