using System.Diagnostics.CodeAnalysis;

namespace DiscreetDb.Core;

/// <summary>Says that a device is a user's: root, both device keys, meeting key, name and clock, signed by all three keys (log.md §1).</summary>
internal sealed class DeviceCertificate
{
    public static DeviceCertificate Create(UserKeys user, DeviceKeys device, string deviceName, Hlc hlc) => throw new NotSupportedException();

    /// <summary>Decodes the canonical form; false for anything else. Signatures are not looked at.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DeviceCertificate? certificate) => throw new NotSupportedException();

    public VerifyingKey Root => throw new NotSupportedException();

    public ReadOnlySpan<byte> SignKey => throw new NotSupportedException();

    public ReadOnlySpan<byte> AuthKey => throw new NotSupportedException();

    public ReadOnlySpan<byte> MeetingKey => throw new NotSupportedException();

    public string DeviceName => throw new NotSupportedException();

    public Hlc Hlc => throw new NotSupportedException();

    public Uid Device => throw new NotSupportedException();

    /// <summary>The hash commits name it by.</summary>
    public Hash256 Hash => throw new NotSupportedException();

    /// <summary>The canonical form with its signatures.</summary>
    public ReadOnlyMemory<byte> Encoded => throw new NotSupportedException();

    /// <summary>Whether all three signatures hold.</summary>
    public bool Verify() => throw new NotSupportedException();
}
