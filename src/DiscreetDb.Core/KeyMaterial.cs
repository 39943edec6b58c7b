namespace DiscreetDb;

/// <summary>The 32 secret bytes a user is.</summary>
public static class KeyMaterial
{
    /// <summary>Size in bytes.</summary>
    public const int SizeBytes = 32;

    /// <summary>New random key material.</summary>
    public static byte[] Generate() => throw new NotSupportedException();

    /// <summary>New key material from this source.</summary>
    public static byte[] Generate(IRandomSource random) => throw new NotSupportedException();

    /// <summary>Key material from a login and a password (Argon2id).</summary>
    public static byte[] DerivePassPhrase(string login, string password, string? appKey = null) => throw new NotSupportedException();

    /// <summary>The key material as 24 English words.</summary>
    public static string ToRecoveryPhrase(ReadOnlySpan<byte> keyMaterial) => throw new NotSupportedException();

    /// <summary>The key material of 24 words.</summary>
    public static byte[] FromRecoveryPhrase(string phrase) => throw new NotSupportedException();

    /// <summary>Key material in an envelope that only the password opens.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> keyMaterial, string password) => throw new NotSupportedException();

    /// <summary>Opens an envelope.</summary>
    public static byte[] Unseal(ReadOnlySpan<byte> envelope, string password) => throw new NotSupportedException();

    /// <summary>The same key material in a new envelope.</summary>
    public static byte[] ChangePassword(ReadOnlySpan<byte> envelope, string oldPassword, string newPassword) => throw new NotSupportedException();
}
