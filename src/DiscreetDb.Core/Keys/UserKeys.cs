namespace DiscreetDb.Core;

/// <summary>Everything a user's key material gives for one application (log.md §1).</summary>
internal sealed class UserKeys : IDisposable
{
    /// <exception cref="DiscreetException">InvalidKeyMaterial: not 32 bytes.</exception>
    public static UserKeys Derive(string appKey, ReadOnlySpan<byte> keyMaterial) => throw new NotSupportedException();

    /// <summary>The user: signs certificates only.</summary>
    public SigningKey Root => throw new NotSupportedException();

    public VerifyingKey VerifyingKey => throw new NotSupportedException();

    /// <summary>X25519, discovery only.</summary>
    public SecretBytes MeetingSecret => throw new NotSupportedException();

    public ReadOnlySpan<byte> MeetingPublicKey => throw new NotSupportedException();

    /// <summary>SQLCipher's raw key.</summary>
    public SecretBytes DatabaseKey => throw new NotSupportedException();

    public Uid PrivateRoom => throw new NotSupportedException();

    public Uid ProfileRoom => throw new NotSupportedException();

    /// <summary>32 hexadecimal digits, no extension.</summary>
    public string FileName => throw new NotSupportedException();

    /// <summary>The profile room of any user.</summary>
    public static Uid ProfileRoomOf(VerifyingKey user) => throw new NotSupportedException();

    public void Dispose() => throw new NotSupportedException();
}
