using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace DiscreetDb;

/// <summary>A row, room or device id: 16 bytes, as text 22 characters base64url. Ordered by its bytes.</summary>
public readonly struct Uid : IEquatable<Uid>, IComparable<Uid>
{
    /// <summary>Size in bytes.</summary>
    public const int SizeBytes = 16;

    /// <summary>Length of the text form in characters.</summary>
    public const int TextLength = 22;

    private readonly ulong _high;
    private readonly ulong _low;

    /// <summary>An id of exactly 16 bytes.</summary>
    /// <exception cref="ArgumentException">The span is not 16 bytes long.</exception>
    public Uid(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != SizeBytes)
        {
            throw new ArgumentException($"An id is {SizeBytes} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
    }

    /// <summary>The id of 16 zero bytes; the room of local rows in the log.</summary>
    public static Uid Zero => default;

    /// <summary>Whether all bytes are zero.</summary>
    public bool IsZero => (_high | _low) == 0;

    /// <summary>Reads the text form; false for anything but 22 canonical characters.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Uid uid)
    {
        Span<byte> bytes = stackalloc byte[SizeBytes];
        if (text is { Length: TextLength } && Base64Url.TryDecode(text, bytes, out int size) && size == SizeBytes)
        {
            uid = new Uid(bytes);
            return true;
        }

        uid = default;
        return false;
    }

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">The text is not an id.</exception>
    public static Uid Parse(string text) =>
        TryParse(text, out Uid uid) ? uid : throw new FormatException($"`{text}` is not an id: 22 characters base64url.");

    /// <summary>Writes the 16 bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _low);
    }

    /// <summary>The 16 bytes in a new array.</summary>
    public byte[] ToByteArray()
    {
        byte[] bytes = new byte[SizeBytes];
        CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc />
    public bool Equals(Uid other) => _high == other._high && _low == other._low;

    /// <inheritdoc />
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Uid other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_high, _low);

    /// <inheritdoc />
    public int CompareTo(Uid other) =>
        _high != other._high ? _high.CompareTo(other._high) : _low.CompareTo(other._low);

    /// <summary>The 22 characters.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[SizeBytes];
        CopyTo(bytes);
        return Base64Url.Encode(bytes);
    }

    /// <summary>Same bytes.</summary>
    public static bool operator ==(Uid left, Uid right) => left.Equals(right);

    /// <summary>Other bytes.</summary>
    public static bool operator !=(Uid left, Uid right) => !left.Equals(right);

    /// <summary>Smaller by bytes.</summary>
    public static bool operator <(Uid left, Uid right) => left.CompareTo(right) < 0;

    /// <summary>Smaller or same by bytes.</summary>
    public static bool operator <=(Uid left, Uid right) => left.CompareTo(right) <= 0;

    /// <summary>Greater by bytes.</summary>
    public static bool operator >(Uid left, Uid right) => left.CompareTo(right) > 0;

    /// <summary>Greater or same by bytes.</summary>
    public static bool operator >=(Uid left, Uid right) => left.CompareTo(right) >= 0;
}
