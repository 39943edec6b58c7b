using System.Security.Cryptography;
using System.Text;

namespace DiscreetDb.Core;

/// <summary>Everything a user's key material gives for one application (log.md §1, schema/wire.md "Keys").</summary>
internal sealed class UserKeys : IDisposable
{
    private readonly byte[] _meetingPublicKey = new byte[X25519.KeySizeBytes];

    private UserKeys(ReadOnlySpan<byte> appKeyAndKeyMaterial)
    {
        Span<byte> derived = stackalloc byte[Blake3.KeySizeBytes];
        Blake3.DeriveKey("discreet v1 user root", appKeyAndKeyMaterial, derived);
        Root = SigningKey.FromSeed(derived);
        VerifyingKey = new VerifyingKey(Root.PublicKey);

        MeetingSecret = new SecretBytes(X25519.KeySizeBytes);
        Blake3.DeriveKey("discreet v1 meeting", appKeyAndKeyMaterial, MeetingSecret.Span);
        X25519.GetPublicKey(MeetingSecret.Span, _meetingPublicKey);

        DatabaseKey = new SecretBytes(Blake3.KeySizeBytes);
        Blake3.DeriveKey("discreet v1 database", appKeyAndKeyMaterial, DatabaseKey.Span);

        Blake3.DeriveKey("discreet v1 private room", appKeyAndKeyMaterial, derived);
        PrivateRoom = new Uid(derived[..Uid.SizeBytes]);
        ProfileRoom = ProfileRoomOf(VerifyingKey);

        Blake3.DeriveKey("discreet v1 file", appKeyAndKeyMaterial, derived);
        FileName = Convert.ToHexStringLower(derived[..Uid.SizeBytes]);
        CryptographicOperations.ZeroMemory(derived);
    }

    /// <summary>The user: signs certificates only.</summary>
    public SigningKey Root { get; }

    public VerifyingKey VerifyingKey { get; }

    /// <summary>X25519, discovery only.</summary>
    public SecretBytes MeetingSecret { get; }

    public ReadOnlySpan<byte> MeetingPublicKey => _meetingPublicKey;

    /// <summary>SQLCipher's raw key.</summary>
    public SecretBytes DatabaseKey { get; }

    public Uid PrivateRoom { get; }

    public Uid ProfileRoom { get; }

    /// <summary>32 hexadecimal digits, no extension.</summary>
    public string FileName { get; }

    /// <exception cref="DiscreetException">InvalidKeyMaterial: not 32 bytes.</exception>
    public static UserKeys Derive(string appKey, ReadOnlySpan<byte> keyMaterial)
    {
        ArgumentException.ThrowIfNullOrEmpty(appKey);
        KeyMaterial.Check(keyMaterial);

        // The key material has one size and comes last, so no other pair of inputs gives these bytes.
        int appKeySize = Encoding.UTF8.GetByteCount(appKey);
        using var input = new SecretBytes(appKeySize + KeyMaterial.SizeBytes);
        Encoding.UTF8.GetBytes(appKey, input.Span);
        keyMaterial.CopyTo(input.Span[appKeySize..]);
        return new UserKeys(input.Span);
    }

    /// <summary>The profile room of any user.</summary>
    public static Uid ProfileRoomOf(VerifyingKey user)
    {
        Span<byte> root = stackalloc byte[VerifyingKey.SizeBytes];
        user.CopyTo(root);
        return DerivedUid.Of("profile"u8, root);
    }

    public void Dispose()
    {
        Root.Dispose();
        MeetingSecret.Dispose();
        DatabaseKey.Dispose();
    }
}
