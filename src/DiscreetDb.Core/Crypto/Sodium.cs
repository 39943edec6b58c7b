using System.Runtime.InteropServices;

namespace DiscreetDb.Core;

/// <summary>
/// The functions of libsodium the engine uses, as its header files declare them. Sizes are checked by the callers.
/// </summary>
internal static partial class Sodium
{
    private const string Library = "sodium";

    private static volatile bool s_isLoaded;

    /// <summary>Every use of a function comes after this.</summary>
    /// <exception cref="DiscreetException">NativeLibraryMissing.</exception>
    public static void EnsureLoaded()
    {
        if (!s_isLoaded)
        {
            Initialize();
        }
    }

    [LibraryImport(Library)]
    public static partial int crypto_sign_seed_keypair(Span<byte> publicKey, Span<byte> secretKey, ReadOnlySpan<byte> seed);

    [LibraryImport(Library)]
    public static partial int crypto_sign_detached(
        Span<byte> signature, nint signatureSize, ReadOnlySpan<byte> message, ulong messageSize, ReadOnlySpan<byte> secretKey);

    [LibraryImport(Library)]
    public static partial int crypto_sign_verify_detached(
        ReadOnlySpan<byte> signature, ReadOnlySpan<byte> message, ulong messageSize, ReadOnlySpan<byte> publicKey);

    [LibraryImport(Library)]
    public static partial int crypto_scalarmult_base(Span<byte> publicKey, ReadOnlySpan<byte> secretKey);

    [LibraryImport(Library)]
    public static partial int crypto_scalarmult(Span<byte> shared, ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> publicKey);

    [LibraryImport(Library)]
    public static partial int crypto_aead_xchacha20poly1305_ietf_encrypt(
        Span<byte> ciphertext,
        nint ciphertextSize,
        ReadOnlySpan<byte> message,
        ulong messageSize,
        ReadOnlySpan<byte> associatedData,
        ulong associatedDataSize,
        nint secretNonce,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> key);

    [LibraryImport(Library)]
    public static partial int crypto_aead_xchacha20poly1305_ietf_decrypt(
        Span<byte> message,
        nint messageSize,
        nint secretNonce,
        ReadOnlySpan<byte> ciphertext,
        ulong ciphertextSize,
        ReadOnlySpan<byte> associatedData,
        ulong associatedDataSize,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> key);

    [LibraryImport(Library)]
    public static partial int crypto_pwhash(
        Span<byte> output,
        ulong outputSize,
        ReadOnlySpan<byte> password,
        ulong passwordSize,
        ReadOnlySpan<byte> salt,
        ulong passes,
        nuint memorySize,
        int algorithm);

    [LibraryImport(Library)]
    private static partial int sodium_init();

    private static void Initialize()
    {
        NativeLibraries.Register();
        NativeLibraries.Load(NativeLibraryFiles.Sodium);
        if (sodium_init() < 0)
        {
            throw new DiscreetException(ErrorCode.NativeLibraryMissing, "libsodium was found but cannot be initialised on this machine.");
        }

        s_isLoaded = true;
    }
}
