using System.Security.Cryptography;

namespace DiscreetDb.Core;

/// <summary>An Ed25519 key pair. The engine signs only through <see cref="DomainSignature" />.</summary>
internal sealed class SigningKey : IDisposable
{
    private readonly SecretBytes _secretKey;
    private readonly byte[] _publicKey = new byte[Ed25519.PublicKeySizeBytes];

    private SigningKey(ReadOnlySpan<byte> seed)
    {
        Sodium.EnsureLoaded();
        _secretKey = new SecretBytes(Ed25519.SecretKeySizeBytes);
        Sodium.crypto_sign_seed_keypair(_publicKey, _secretKey.Span, seed);
    }

    public ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <summary>The 32 bytes the pair was made of.</summary>
    public ReadOnlySpan<byte> Seed => _secretKey.Span[..Ed25519.SeedSizeBytes];

    /// <exception cref="ArgumentException">The seed is not 32 bytes.</exception>
    public static SigningKey FromSeed(ReadOnlySpan<byte> seed) =>
        seed.Length == Ed25519.SeedSizeBytes
            ? new SigningKey(seed)
            : throw new ArgumentException($"A seed is {Ed25519.SeedSizeBytes} bytes, not {seed.Length}.", nameof(seed));

    public static SigningKey Generate(IRandomSource random)
    {
        Span<byte> seed = stackalloc byte[Ed25519.SeedSizeBytes];
        random.Fill(seed);
        var key = new SigningKey(seed);
        CryptographicOperations.ZeroMemory(seed);
        return key;
    }

    /// <summary>
    /// Signs raw bytes: for <see cref="DomainSignature" /> and test vectors only (log.md §1: never sign bytes a peer
    /// chose).
    /// </summary>
    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(signature.Length, Ed25519.SignatureSizeBytes);
        Sodium.crypto_sign_detached(signature, 0, message, (ulong)message.Length, _secretKey.Span);
    }

    public void Dispose() => _secretKey.Dispose();
}
