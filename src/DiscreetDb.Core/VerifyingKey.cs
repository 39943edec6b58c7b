using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;

namespace DiscreetDb;

/// <summary>A user: the 32 bytes of their root public key; as text 43 characters base64url.</summary>
public readonly struct VerifyingKey : IEquatable<VerifyingKey>, IComparable<VerifyingKey>
{
    /// <summary>Size in bytes.</summary>
    public const int SizeBytes = 32;

    /// <summary>Length of the text form in characters.</summary>
    public const int TextLength = 43;

    private readonly Hash256 _bytes;

    /// <summary>A key of exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">The span is not 32 bytes long.</exception>
    public VerifyingKey(ReadOnlySpan<byte> bytes)
    {
        _bytes = new Hash256(bytes);
    }

    /// <summary>Reads the text form; false for anything but 43 canonical characters.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out VerifyingKey key)
    {
        Span<byte> bytes = stackalloc byte[SizeBytes];
        if (text is { Length: TextLength } && Base64Url.TryDecode(text, bytes, out int size) && size == SizeBytes)
        {
            key = new VerifyingKey(bytes);
            return true;
        }

        key = default;
        return false;
    }

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">The text is not a verifying key.</exception>
    public static VerifyingKey Parse(string text) =>
        TryParse(text, out VerifyingKey key) ? key : throw new FormatException($"`{text}` is not a verifying key: {TextLength} characters base64url.");

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> destination) => _bytes.CopyTo(destination);

    /// <summary>The 32 bytes in a new array.</summary>
    public byte[] ToByteArray() => _bytes.ToByteArray();

    /// <inheritdoc />
    public bool Equals(VerifyingKey other) => _bytes.Equals(other._bytes);

    /// <inheritdoc />
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is VerifyingKey other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => _bytes.GetHashCode();

    /// <inheritdoc />
    public int CompareTo(VerifyingKey other) => _bytes.CompareTo(other._bytes);

    /// <summary>The 43 characters.</summary>
    public override string ToString() => _bytes.ToString();

    /// <summary>Same bytes.</summary>
    public static bool operator ==(VerifyingKey left, VerifyingKey right) => left.Equals(right);

    /// <summary>Other bytes.</summary>
    public static bool operator !=(VerifyingKey left, VerifyingKey right) => !left.Equals(right);

    /// <summary>Smaller by bytes.</summary>
    public static bool operator <(VerifyingKey left, VerifyingKey right) => left.CompareTo(right) < 0;

    /// <summary>Smaller or same by bytes.</summary>
    public static bool operator <=(VerifyingKey left, VerifyingKey right) => left.CompareTo(right) <= 0;

    /// <summary>Greater by bytes.</summary>
    public static bool operator >(VerifyingKey left, VerifyingKey right) => left.CompareTo(right) > 0;

    /// <summary>Greater or same by bytes.</summary>
    public static bool operator >=(VerifyingKey left, VerifyingKey right) => left.CompareTo(right) >= 0;
}
