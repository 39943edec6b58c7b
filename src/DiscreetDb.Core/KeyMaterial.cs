namespace DiscreetDb;

/// <summary>The 32 secret bytes a user is.</summary>
public static class KeyMaterial
{
    /// <summary>New random key material.</summary>
    public static byte[] Generate() => throw new NotSupportedException();

    /// <summary>Key material from a login and a password (Argon2id).</summary>
    public static byte[] DerivePassPhrase(string login, string password, string? appKey = null) => throw new NotSupportedException();
}
