using System.Text;

namespace DiscreetDb.Core;

/// <summary>What a value is; the numbers are those of the log.</summary>
internal enum ValueKind : byte
{
    Null = 0,
    Boolean = 1,
    Integer = 2,
    Float = 3,
    Text = 4,
    Bytes = 5,
    Json = 6,
    Reference = 7,
}

/// <summary>One typed value of a field, a parameter or a literal. Text and Json are UTF-8; Bytes and Reference are raw bytes.</summary>
internal readonly struct Value
{
    private readonly long _bits;
    private readonly ReadOnlyMemory<byte> _bytes;

    private Value(ValueKind kind, long bits, ReadOnlyMemory<byte> bytes)
    {
        Kind = kind;
        _bits = bits;
        _bytes = bytes;
    }

    public static Value Null => default;

    public ValueKind Kind { get; }

    public bool IsNull => Kind == ValueKind.Null;

    public bool AsBoolean => _bits != 0;

    public long AsInteger => _bits;

    public double AsFloat => BitConverter.Int64BitsToDouble(_bits);

    /// <summary>UTF-8 of Text and Json, the bytes of Bytes, the 16 bytes of Reference.</summary>
    public ReadOnlyMemory<byte> AsBytes => _bytes;

    public Uid AsUid => new(_bytes.Span);

    public static Value Boolean(bool value) => new(ValueKind.Boolean, value ? 1 : 0, default);

    public static Value Integer(long value) => new(ValueKind.Integer, value, default);

    /// <summary>A finite float; −0.0 becomes 0.0.</summary>
    public static Value Float(double value) => new(ValueKind.Float, BitConverter.DoubleToInt64Bits(value == 0 ? 0.0 : value), default);

    public static Value Text(string value) => new(ValueKind.Text, 0, Encoding.UTF8.GetBytes(value));

    public static Value Text(ReadOnlyMemory<byte> utf8) => new(ValueKind.Text, 0, utf8);

    public static Value Bytes(ReadOnlyMemory<byte> bytes) => new(ValueKind.Bytes, 0, bytes);

    /// <summary>Validated, minified JSON text.</summary>
    public static Value Json(ReadOnlyMemory<byte> utf8) => new(ValueKind.Json, 0, utf8);

    public static Value Reference(Uid target) => new(ValueKind.Reference, 0, target.ToByteArray());

    public override string ToString() => Kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Boolean => AsBoolean ? "true" : "false",
        ValueKind.Integer => AsInteger.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ValueKind.Float => AsFloat.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        ValueKind.Text or ValueKind.Json => Encoding.UTF8.GetString(_bytes.Span),
        _ => Base64Url.Encode(_bytes.Span),
    };
}
