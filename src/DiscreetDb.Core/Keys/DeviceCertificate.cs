using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace DiscreetDb.Core;

/// <summary>
/// Says that a device is a user's (log.md §1; layout in schema/wire.md "Device certificate"): root, both device keys,
/// meeting key, name and clock, signed by the root and by both device keys, so that nobody can certify another's keys
/// as their own. Decoding refuses another version, a name that is too long or not text, keys that are not three
/// different ones, and anything left over.
/// </summary>
internal sealed class DeviceCertificate
{
    public const int MaxSizeBytes = 1 + (4 * KeySizeBytes) + 1 + Limits.DeviceNameSizeBytes + sizeof(ulong) + SignaturesSizeBytes;

    private const byte Version = 1;
    private const int KeySizeBytes = Ed25519.PublicKeySizeBytes;
    private const int SignaturesSizeBytes = 3 * Ed25519.SignatureSizeBytes;
    private const int RootOffset = 1;
    private const int SignOffset = RootOffset + KeySizeBytes;
    private const int AuthOffset = SignOffset + KeySizeBytes;
    private const int MeetingOffset = AuthOffset + KeySizeBytes;

    private readonly byte[] _encoded;

    private DeviceCertificate(byte[] encoded, string deviceName, Hlc hlc)
    {
        _encoded = encoded;
        DeviceName = deviceName;
        Hlc = hlc;
        Root = new VerifyingKey(Key(RootOffset));
        Device = DeviceKeys.DeviceOf(SignKey);
        Hash = Blake3.Hash(encoded);
    }

    /// <summary>The user.</summary>
    public VerifyingKey Root { get; }

    /// <summary>Verifies commits.</summary>
    public ReadOnlySpan<byte> SignKey => Key(SignOffset);

    /// <summary>Verifies handshakes.</summary>
    public ReadOnlySpan<byte> AuthKey => Key(AuthOffset);

    /// <summary>The user's X25519 key for discovery.</summary>
    public ReadOnlySpan<byte> MeetingKey => Key(MeetingOffset);

    public string DeviceName { get; }

    public Hlc Hlc { get; }

    public Uid Device { get; }

    /// <summary>The hash commits name it by: of the canonical form with its signatures.</summary>
    public Hash256 Hash { get; }

    /// <summary>The canonical form with its signatures.</summary>
    public ReadOnlyMemory<byte> Encoded => _encoded;

    /// <exception cref="ArgumentException">
    /// The name is longer than <see cref="Limits.DeviceNameSizeBytes" /> bytes of UTF-8, or holds U+0000.
    /// </exception>
    public static DeviceCertificate Create(UserKeys user, DeviceKeys device, string deviceName, Hlc hlc)
    {
        RequireName(deviceName, nameof(deviceName));
        using var writer = new WireWriter(MaxSizeBytes);
        writer.WriteByte(Version);
        writer.WriteRaw(user.Root.PublicKey);
        writer.WriteRaw(device.Sign.PublicKey);
        writer.WriteRaw(device.Auth.PublicKey);
        writer.WriteRaw(user.MeetingPublicKey);
        writer.WriteText(deviceName);
        writer.WriteHlc(hlc);

        int bodySize = writer.Size;
        foreach (SigningKey key in (ReadOnlySpan<SigningKey>)[user.Root, device.Sign, device.Auth])
        {
            Span<byte> signature = writer.Reserve(Ed25519.SignatureSizeBytes);
            DomainSignature.Sign(key, SignedKind.Certificate, writer.Written[..bodySize], signature);
        }

        return new DeviceCertificate(writer.ToArray(), deviceName, hlc);
    }

    /// <summary>
    /// Decodes the canonical form; false for anything else. Signatures are not looked at: <see cref="Verify" />.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DeviceCertificate? certificate)
    {
        certificate = null;
        var reader = new WireReader(bytes);
        bool isRead =
            reader.TryReadByte(out byte version)
            & reader.TryReadRaw(KeySizeBytes, out ReadOnlySpan<byte> root)
            & reader.TryReadRaw(KeySizeBytes, out ReadOnlySpan<byte> sign)
            & reader.TryReadRaw(KeySizeBytes, out ReadOnlySpan<byte> auth)
            & reader.TryReadRaw(KeySizeBytes, out _)
            & reader.TryReadText(Limits.DeviceNameSizeBytes, out ReadOnlySpan<byte> name)
            & reader.TryReadHlc(out Hlc hlc)
            & reader.TryReadRaw(SignaturesSizeBytes, out _);
        if (!isRead || !reader.IsComplete || version != Version)
        {
            return false;
        }

        if (root.SequenceEqual(sign) || root.SequenceEqual(auth) || sign.SequenceEqual(auth))
        {
            return false;
        }

        certificate = new DeviceCertificate(bytes.ToArray(), Encoding.UTF8.GetString(name), hlc);
        return true;
    }

    /// <summary>Whether all three signatures hold.</summary>
    public bool Verify()
    {
        ReadOnlySpan<byte> body = _encoded.AsSpan(0, _encoded.Length - SignaturesSizeBytes);
        return IsSigned(body, RootOffset, 0) && IsSigned(body, SignOffset, 1) && IsSigned(body, AuthOffset, 2);
    }

    /// <summary>Refuses a name that no certificate can carry.</summary>
    /// <exception cref="ArgumentException">As <see cref="Create" />.</exception>
    public static void RequireName(string deviceName, string parameter)
    {
        int size = Encoding.UTF8.GetByteCount(deviceName);
        if (size > Limits.DeviceNameSizeBytes || deviceName.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"A device name is at most {Limits.DeviceNameSizeBytes} bytes of UTF-8 without U+0000; this one has {size}.", parameter);
        }
    }

    private ReadOnlySpan<byte> Key(int offset) => _encoded.AsSpan(offset, KeySizeBytes);

    private bool IsSigned(ReadOnlySpan<byte> body, int keyOffset, int signature) =>
        DomainSignature.Verify(
            Key(keyOffset),
            SignedKind.Certificate,
            body,
            _encoded.AsSpan(body.Length + (signature * Ed25519.SignatureSizeBytes), Ed25519.SignatureSizeBytes));
}
