using System.Security.Cryptography;
using System.Text;
using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>
/// The s of schema/wire.md "Meeting": 32 secret bytes that two devices share. Whoever knows it may be told who is here; it never
/// crosses the wire. Disposing zeroes it.
/// </summary>
internal sealed class PeerSecret : IDisposable
{
    private readonly SecretBytes _key = new(Blake3.KeySizeBytes);

    private PeerSecret(PeerSecretKind kind, VerifyingKey? user)
    {
        Kind = kind;
        User = user;
    }

    public PeerSecretKind Kind { get; }

    /// <summary>The user whose devices know it; null where that is not known yet.</summary>
    public VerifyingKey? User { get; }

    /// <summary>The secret of this user and another; null when the other's meeting key is not one.</summary>
    /// <param name="own">The keys of this user.</param>
    /// <param name="user">The other.</param>
    /// <param name="meetingKey">The other's public meeting key, from a device certificate.</param>
    /// <param name="appKey">The application, which separates the secrets of two that meet in several.</param>
    public static PeerSecret? OfPair(UserKeys own, VerifyingKey user, ReadOnlySpan<byte> meetingKey, string appKey)
    {
        // Large enough from the beginning: a buffer that grows leaves a copy behind.
        using var writer = new WireWriter((3 * X25519.KeySizeBytes) + WireReader.MaxVarIntSizeBytes + Encoding.UTF8.GetByteCount(appKey));
        Span<byte> shared = writer.Reserve(X25519.KeySizeBytes);
        if (!X25519.TryAgree(own.MeetingSecret.Span, meetingKey, shared))
        {
            return null;
        }

        bool isOwnFirst = own.MeetingPublicKey.SequenceCompareTo(meetingKey) <= 0;
        writer.WriteRaw(isOwnFirst ? own.MeetingPublicKey : meetingKey);
        writer.WriteRaw(isOwnFirst ? meetingKey : own.MeetingPublicKey);
        writer.WriteText(appKey);
        return Derive(PeerSecretKind.Pair, user, "discreet v1 pair", writer);
    }

    /// <summary>The secret of all devices of this user.</summary>
    public static PeerSecret OfOwnDevices(UserKeys own)
    {
        using var writer = new WireWriter();
        writer.WriteRaw(own.MeetingSecret.Span);
        return Derive(PeerSecretKind.OwnDevices, own.VerifyingKey, "discreet v1 own devices", writer);
    }

    /// <summary>The secret of whoever holds an invitation and whoever gave it.</summary>
    /// <param name="invitationSecret">The 16 bytes of the invitation.</param>
    /// <param name="inviter">Who gave it, at the end that was invited; null at the other.</param>
    public static PeerSecret OfInvitation(ReadOnlySpan<byte> invitationSecret, VerifyingKey? inviter)
    {
        using var writer = new WireWriter();
        writer.WriteRaw(invitationSecret);
        return Derive(PeerSecretKind.Invitation, inviter, "discreet v1 invitation handshake", writer);
    }

    /// <summary>BLAKE3 keyed with the secret.</summary>
    public void Authenticate(ReadOnlySpan<byte> message, Span<byte> mac) => Blake3.KeyedHash(_key.Span, message, mac);

    /// <summary>Another secret, made of this one and the bytes.</summary>
    public SecretBytes DeriveSecret(string context, ReadOnlySpan<byte> bytes)
    {
        using var writer = new WireWriter();
        writer.WriteRaw(_key.Span);
        writer.WriteRaw(bytes);
        var derived = new SecretBytes(Blake3.KeySizeBytes);
        Blake3.DeriveKey(context, writer.Written, derived.Span);
        CryptographicOperations.ZeroMemory(writer.WrittenSlice(0, writer.Size));
        return derived;
    }

    public void Dispose() => _key.Dispose();

    private static PeerSecret Derive(PeerSecretKind kind, VerifyingKey? user, string context, WireWriter input)
    {
        var secret = new PeerSecret(kind, user);
        Blake3.DeriveKey(context, input.Written, secret._key.Span);
        CryptographicOperations.ZeroMemory(input.WrittenSlice(0, input.Size));
        return secret;
    }
}
