using DiscreetDb.Core;

namespace DiscreetDb;

/// <summary>
/// The 32 secret bytes a user is: from them and the application's key everything is derived. Random key material, kept in a
/// sealed envelope and written down as a recovery phrase, is the recommended way.
/// </summary>
/// <example>
/// <code>
/// byte[] keyMaterial = KeyMaterial.Generate();
/// File.WriteAllBytes("user.key", KeyMaterial.Seal(keyMaterial, "a password"));
/// Console.WriteLine(KeyMaterial.ToRecoveryPhrase(keyMaterial));
/// </code>
/// </example>
public static class KeyMaterial
{
    /// <summary>Size in bytes.</summary>
    public const int SizeBytes = 32;

    private const string PassPhraseSalt = "discreet v1 pass phrase salt";

    /// <summary>New random key material.</summary>
    public static byte[] Generate() => Generate(SystemRandom.Instance);

    /// <summary>New key material from this source.</summary>
    public static byte[] Generate(IRandomSource random)
    {
        byte[] keyMaterial = new byte[SizeBytes];
        random.Fill(keyMaterial);
        return keyMaterial;
    }

    /// <summary>
    /// Key material from a login and a password: Argon2id, 64 MiB, 3 passes, about a tenth of a second. The same three
    /// texts give the same user everywhere.
    /// </summary>
    /// <remarks>
    /// A user's public key is known to their peers, so a weak password can be guessed offline; and another password is
    /// another user. Prefer <see cref="Generate()" /> with <see cref="Seal" />. Login and password are normalised
    /// (Unicode 15.0 form KC) and otherwise taken as they are, case and spaces included.
    /// </remarks>
    /// <param name="login">Makes equal passwords of different users different key material.</param>
    /// <param name="password">The secret.</param>
    /// <param name="appKey">
    /// The application's key, when the key material is for one application only: then what one application learns is
    /// of no use in another. Null and empty are the same.
    /// </param>
    /// <exception cref="ArgumentException">
    /// Login or password is empty or longer than <see cref="Limits.PasswordSizeBytes" />.
    /// </exception>
    /// <exception cref="DiscreetException"><see cref="ErrorCode.NativeLibraryMissing" />.</exception>
    public static byte[] DerivePassPhrase(string login, string password, string? appKey = null)
    {
        using SecretBytes loginText = PasswordText.Encode(login, nameof(login));
        using SecretBytes passwordText = PasswordText.Encode(password, nameof(password));
        using var saltInput = new WireWriter();
        saltInput.WriteBlock(loginText.Span);
        saltInput.WriteText(appKey);
        Span<byte> salt = stackalloc byte[Argon2id.SaltSizeBytes];
        Blake3.DeriveKey(PassPhraseSalt, saltInput.Written, salt);

        byte[] keyMaterial = new byte[SizeBytes];
        Argon2id.Derive(passwordText.Span, salt, KeyEnvelope.DefaultPasses, KeyEnvelope.DefaultMemoryKiB * 1024, keyMaterial);
        return keyMaterial;
    }

    /// <summary>The key material as 24 English words with a checksum (BIP-39), to be written down.</summary>
    /// <exception cref="DiscreetException"><see cref="ErrorCode.InvalidKeyMaterial" />: not 32 bytes.</exception>
    public static string ToRecoveryPhrase(ReadOnlySpan<byte> keyMaterial)
    {
        Check(keyMaterial);
        return RecoveryPhrase.Write(keyMaterial);
    }

    /// <summary>The key material of 24 words; case and white space do not matter.</summary>
    /// <exception cref="DiscreetException">
    /// <see cref="ErrorCode.InvalidKeyMaterial" />; the message says which word or what else is wrong.
    /// </exception>
    public static byte[] FromRecoveryPhrase(string phrase)
    {
        byte[] keyMaterial = new byte[SizeBytes];
        RecoveryPhrase.Read(phrase, keyMaterial);
        return keyMaterial;
    }

    /// <summary>
    /// Key material in an envelope of 100 bytes that only the password opens (Argon2id, XChaCha20-Poly1305), for an
    /// application to store.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The password is empty or longer than <see cref="Limits.PasswordSizeBytes" />.
    /// </exception>
    /// <exception cref="DiscreetException">
    /// <see cref="ErrorCode.InvalidKeyMaterial" />: not 32 bytes; <see cref="ErrorCode.NativeLibraryMissing" />.
    /// </exception>
    public static byte[] Seal(ReadOnlySpan<byte> keyMaterial, string password)
    {
        Check(keyMaterial);
        return KeyEnvelope.Seal(keyMaterial, password, SystemRandom.Instance);
    }

    /// <summary>Opens an envelope.</summary>
    /// <exception cref="DiscreetException">
    /// <see cref="ErrorCode.InvalidKeyMaterial" />: not an envelope, or the password is another; <see
    /// cref="ErrorCode.NativeLibraryMissing" />.
    /// </exception>
    public static byte[] Unseal(ReadOnlySpan<byte> envelope, string password) => KeyEnvelope.Unseal(envelope, password);

    /// <summary>
    /// The same key material in a new envelope; the old one still opens with the old password and is to be deleted.
    /// </summary>
    /// <exception cref="DiscreetException">As <see cref="Unseal" />.</exception>
    public static byte[] ChangePassword(ReadOnlySpan<byte> envelope, string oldPassword, string newPassword)
    {
        using var keyMaterial = new SecretBytes(SizeBytes);
        KeyEnvelope.Unseal(envelope, oldPassword, keyMaterial.Span);
        return Seal(keyMaterial.Span, newPassword);
    }

    /// <exception cref="DiscreetException">InvalidKeyMaterial: not 32 bytes.</exception>
    internal static void Check(ReadOnlySpan<byte> keyMaterial)
    {
        if (keyMaterial.Length != SizeBytes)
        {
            throw new DiscreetException(
                ErrorCode.InvalidKeyMaterial, $"Key material is {SizeBytes} bytes, not {keyMaterial.Length}; make it with KeyMaterial.");
        }
    }
}
