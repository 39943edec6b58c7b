namespace DiscreetDb.Core;

/// <summary>Ed25519 by libsodium: canonical encodings only, no keys of small order (RFC 8032, strict).</summary>
internal static class Ed25519
{
    public const int SeedSizeBytes = 32;

    public const int PublicKeySizeBytes = 32;

    public const int SignatureSizeBytes = 64;

    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => throw new NotSupportedException();
}
