namespace DiscreetDb.Core;

/// <summary>
/// Key material under a password (schema/wire.md "Envelope"): always 100 bytes, namely version, Argon2id parameters,
/// salt, nonce, and the key material by XChaCha20-Poly1305 with everything before it as associated data. Opening
/// refuses another size, an unknown version, and parameters outside the bounds before anything is derived: an envelope
/// may come from anybody, and must not make us spend gigabytes.
/// </summary>
internal static class KeyEnvelope
{
    public const int SizeBytes = CiphertextOffset + KeyMaterial.SizeBytes + XChaCha20Poly1305.TagSizeBytes;

    public const int DefaultMemoryKiB = 64 * 1024;

    public const int DefaultPasses = 3;

    public const int MinMemoryKiB = 8 * 1024;

    public const int MaxMemoryKiB = 256 * 1024;

    public const int MaxPasses = 16;

    private const int SaltOffset = 12;
    private const int NonceOffset = SaltOffset + Argon2id.SaltSizeBytes;
    private const int CiphertextOffset = NonceOffset + XChaCha20Poly1305.NonceSizeBytes;

    private static ReadOnlySpan<byte> Header => "DKE\u0001"u8;

    public static byte[] Seal(
        ReadOnlySpan<byte> keyMaterial,
        string password,
        IRandomSource random,
        int memoryKiB = DefaultMemoryKiB,
        int passes = DefaultPasses)
    {
        using var writer = new WireWriter(SizeBytes);
        writer.WriteRaw(Header);
        writer.WriteUInt32((uint)memoryKiB);
        writer.WriteUInt32((uint)passes);
        random.Fill(writer.Reserve(Argon2id.SaltSizeBytes));
        random.Fill(writer.Reserve(XChaCha20Poly1305.NonceSizeBytes));
        using SecretBytes key = DeriveKey(writer.Written[SaltOffset..NonceOffset], password, memoryKiB, passes);

        Span<byte> ciphertext = writer.Reserve(KeyMaterial.SizeBytes + XChaCha20Poly1305.TagSizeBytes);
        XChaCha20Poly1305.Encrypt(
            key.Span, writer.Written[NonceOffset..CiphertextOffset], writer.Written[..CiphertextOffset], keyMaterial, ciphertext);
        return writer.ToArray();
    }

    public static byte[] Unseal(ReadOnlySpan<byte> envelope, string password)
    {
        byte[] keyMaterial = new byte[KeyMaterial.SizeBytes];
        Unseal(envelope, password, keyMaterial);
        return keyMaterial;
    }

    /// <exception cref="DiscreetException">InvalidKeyMaterial: not an envelope, or another password.</exception>
    public static void Unseal(ReadOnlySpan<byte> envelope, string password, Span<byte> keyMaterial)
    {
        if (!TryReadParameters(envelope, out int memoryKiB, out int passes))
        {
            throw new DiscreetException(
                ErrorCode.InvalidKeyMaterial,
                $"These {envelope.Length} bytes are not a sealed envelope of this version "
                + $"({SizeBytes} bytes, at most {MaxMemoryKiB / 1024} MiB and {MaxPasses} passes).");
        }

        using SecretBytes key = DeriveKey(envelope[SaltOffset..NonceOffset], password, memoryKiB, passes);
        if (!XChaCha20Poly1305.TryDecrypt(
            key.Span, envelope[NonceOffset..CiphertextOffset], envelope[..CiphertextOffset], envelope[CiphertextOffset..], keyMaterial))
        {
            throw new DiscreetException(ErrorCode.InvalidKeyMaterial, "The password does not open this envelope, or the envelope was altered.");
        }
    }

    private static bool TryReadParameters(ReadOnlySpan<byte> envelope, out int memoryKiB, out int passes)
    {
        memoryKiB = 0;
        passes = 0;
        var reader = new WireReader(envelope);
        if (envelope.Length != SizeBytes
            || !reader.TryReadRaw(Header.Length, out ReadOnlySpan<byte> header)
            || !header.SequenceEqual(Header)
            || !reader.TryReadUInt32(out uint memory)
            || !reader.TryReadUInt32(out uint passCount))
        {
            return false;
        }

        if (memory is < MinMemoryKiB or > MaxMemoryKiB || passCount is < 1 or > MaxPasses)
        {
            return false;
        }

        memoryKiB = (int)memory;
        passes = (int)passCount;
        return true;
    }

    private static SecretBytes DeriveKey(ReadOnlySpan<byte> salt, string password, int memoryKiB, int passes)
    {
        using SecretBytes utf8 = PasswordText.Encode(password, nameof(password));
        var key = new SecretBytes(XChaCha20Poly1305.KeySizeBytes);
        Argon2id.Derive(utf8.Span, salt, passes, memoryKiB * 1024, key.Span);
        return key;
    }
}
