using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace DiscreetDb.Core;

/// <summary>
/// One pass over a JSON text, without recursion and without building anything. Depth, and so the space used for it, is
/// bounded; time is n log n in the worst case, which is an object of very many members.
/// </summary>
internal ref struct JsonValidator
{
    // A number shorter than this without an exponent is below 10^300.
    private const int SafeNumberSizeBytes = 300;

    private const int ArrayMark = -1;

    private readonly ReadOnlySpan<byte> _json;

    // For each open container: the number of names known when an object opened, or that it is an array.
    private readonly Span<int> _open;
    private JsonMemberNames _names;
    private int _depth;
    private int _position;
    private int _whiteSpaceCount;
    private Expected _expected;
    private JsonFault _fault;

    private JsonValidator(ReadOnlySpan<byte> json, Span<int> open)
    {
        _json = json;
        _open = open;
    }

    private enum Expected
    {
        Value,
        FirstElement,
        FirstName,
        Name,
        CommaOrEnd,
        Nothing,
    }

    public static bool TryValidate(ReadOnlySpan<byte> json, out int whiteSpaceCount, out JsonFault fault)
    {
        var validator = new JsonValidator(json, stackalloc int[Limits.JsonDepth]);
        try
        {
            bool isValid = validator.Run();
            whiteSpaceCount = validator._whiteSpaceCount;
            fault = validator._fault;
            return isValid;
        }
        finally
        {
            validator._names.Dispose();
        }
    }

    private bool Run()
    {
        if (!Utf8.IsValid(_json))
        {
            return Fail("Invalid UTF-8", _json.Length - ValidTail(_json));
        }

        SkipWhiteSpace();
        while (_expected != Expected.Nothing)
        {
            if (_position == _json.Length)
            {
                return Fail("Unexpected end");
            }

            if (!Step(_json[_position]))
            {
                return false;
            }

            SkipWhiteSpace();
        }

        return _position == _json.Length || Fail("Content after the value");
    }

    // How much of the text stands from the first invalid byte on.
    private static int ValidTail(ReadOnlySpan<byte> json)
    {
        int start = 0;
        while (start < json.Length && Rune.DecodeFromUtf8(json[start..], out _, out int size) == OperationStatus.Done)
        {
            start += size;
        }

        return json.Length - start;
    }

    private bool Step(byte next) => _expected switch
    {
        Expected.FirstElement when next == (byte)']' => Close(),
        Expected.FirstName when next == (byte)'}' => Close(),
        Expected.Value or Expected.FirstElement => ReadValue(next),
        Expected.FirstName or Expected.Name => ReadName(next),
        _ => ReadSeparator(next),
    };

    private bool ReadValue(byte next) => next switch
    {
        (byte)'{' => Open(_names.Count, Expected.FirstName),
        (byte)'[' => Open(ArrayMark, Expected.FirstElement),
        (byte)'"' => ReadString(out _) && EndValue(),
        (byte)'t' => ReadLiteral("true"u8),
        (byte)'f' => ReadLiteral("false"u8),
        (byte)'n' => ReadLiteral("null"u8),
        (byte)'-' or (>= (byte)'0' and <= (byte)'9') => ReadNumber() && EndValue(),
        _ => Fail("Unexpected character"),
    };

    private bool ReadSeparator(byte next)
    {
        bool isArray = _open[_depth - 1] == ArrayMark;
        if (next == (byte)',')
        {
            _position++;
            _expected = isArray ? Expected.Value : Expected.Name;
            return true;
        }

        return next == (isArray ? (byte)']' : (byte)'}') ? Close() : Fail("Unexpected character");
    }

    private bool Open(int mark, Expected expected)
    {
        if (_depth == Limits.JsonDepth)
        {
            return Fail($"Nesting deeper than {Limits.JsonDepth}");
        }

        _open[_depth++] = mark;
        _position++;
        _expected = expected;
        return true;
    }

    private bool Close()
    {
        int mark = _open[--_depth];
        if (mark != ArrayMark && !_names.TryRemoveDistinct(mark))
        {
            return Fail("A member is named twice in the object that ends");
        }

        _position++;
        return EndValue();
    }

    private bool EndValue()
    {
        _expected = _depth == 0 ? Expected.Nothing : Expected.CommaOrEnd;
        return true;
    }

    private bool ReadName(byte next)
    {
        if (next != (byte)'"')
        {
            return Fail("Expected a member name");
        }

        int start = _position + 1;
        if (!ReadString(out bool hasEscapes))
        {
            return false;
        }

        _names.Add(_json[start..(_position - 1)], hasEscapes);
        SkipWhiteSpace();
        if (_position == _json.Length || _json[_position] != (byte)':')
        {
            return Fail("Expected `:`");
        }

        _position++;
        _expected = Expected.Value;
        return true;
    }

    private bool ReadLiteral(ReadOnlySpan<byte> literal)
    {
        if (!_json[_position..].StartsWith(literal))
        {
            return Fail("Unexpected character");
        }

        _position += literal.Length;
        return EndValue();
    }

    private bool ReadString(out bool hasEscapes)
    {
        hasEscapes = false;
        _position++;
        while (true)
        {
            int size = _json[_position..].IndexOfAny(JsonEscape.Escaped);
            if (size < 0)
            {
                return Fail("A string does not end", _json.Length);
            }

            _position += size;
            switch (_json[_position])
            {
                case (byte)'"':
                    _position++;
                    return true;
                case (byte)'\\':
                    hasEscapes = true;
                    if (!ReadEscape())
                    {
                        return false;
                    }

                    break;
                default:
                    return Fail("A control character in a string");
            }
        }
    }

    private bool ReadEscape()
    {
        if (!JsonUnescape.TryReadEscape(_json[_position..], out int size, out uint code))
        {
            return Fail("An unknown escape or unpaired surrogate");
        }

        if (code == 0)
        {
            return Fail("U+0000 in a string");
        }

        _position += size;
        return true;
    }

    private bool ReadNumber()
    {
        int start = _position;
        if (_json[_position] == (byte)'-')
        {
            _position++;
        }

        bool isZero = Peek() == (byte)'0';
        if (!SkipDigits(out int digitCount) || (isZero && digitCount > 1) || !SkipFraction() || !SkipExponent(out bool hasExponent))
        {
            return Fail("Not a number", start);
        }

        ReadOnlySpan<byte> number = _json[start.._position];
        bool isSmall = !hasExponent && number.Length < SafeNumberSizeBytes;
        return isSmall || IsFinite(number) || Fail("A number beyond the range of a float", start);
    }

    private bool SkipFraction()
    {
        if (Peek() != (byte)'.')
        {
            return true;
        }

        _position++;
        return SkipDigits(out _);
    }

    private bool SkipExponent(out bool isThere)
    {
        isThere = Peek() is (byte)'e' or (byte)'E';
        if (!isThere)
        {
            return true;
        }

        _position++;
        if (Peek() is (byte)'+' or (byte)'-')
        {
            _position++;
        }

        return SkipDigits(out _);
    }

    private static bool IsFinite(ReadOnlySpan<byte> number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value);

    private readonly byte Peek() => _position < _json.Length ? _json[_position] : (byte)0;

    private bool SkipDigits(out int count)
    {
        int start = _position;
        while (Peek() is >= (byte)'0' and <= (byte)'9')
        {
            _position++;
        }

        count = _position - start;
        return count > 0;
    }

    private void SkipWhiteSpace()
    {
        while (_position < _json.Length && _json[_position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _position++;
            _whiteSpaceCount++;
        }
    }

    private bool Fail(string reason) => Fail(reason, _position);

    private bool Fail(string reason, int offset)
    {
        _fault = new JsonFault(reason, offset);
        return false;
    }
}
