using System.Buffers;
using DiscreetDb.Core;

namespace DiscreetDb.Mutation;

/// <summary>Writes JSON with every member and element on a line of its own, indented by two spaces.</summary>
internal sealed class PrettyJson(IBufferWriter<byte> output)
{
    private const int IndentSize = 2;

    private int _depth;
    private bool _isFirst = true;

    public void BeginObject() => Begin("{"u8);

    public void EndObject() => End("}"u8);

    public void BeginArray() => Begin("["u8);

    public void EndArray() => End("]"u8);

    /// <summary>Begins a member; its value follows.</summary>
    public void WriteName(ReadOnlySpan<byte> utf8)
    {
        BeginElement();
        WriteText(utf8);
        output.Write(": "u8);
    }

    /// <summary>Begins an element of an array; its value follows.</summary>
    public void BeginElement()
    {
        if (!_isFirst)
        {
            output.Write(","u8);
        }

        _isFirst = false;
        BreakLine();
    }

    public void WriteText(ReadOnlySpan<byte> utf8) => JsonEscape.WriteQuoted(utf8, output);

    /// <summary>Bytes as a base64url string.</summary>
    public void WriteBase64(ReadOnlySpan<byte> bytes)
    {
        output.Write("\""u8);
        int size = Base64Url.GetTextLength(bytes.Length);
        Base64Url.Encode(bytes, output.GetSpan(size));
        output.Advance(size);
        output.Write("\""u8);
    }

    /// <summary>A number or a word.</summary>
    public void WriteRaw(ReadOnlySpan<byte> utf8) => output.Write(utf8);

    /// <summary>Indents a minified JSON value; order of members and texts of numbers stay as they are.</summary>
    public void WriteJson(ReadOnlySpan<byte> minified)
    {
        int start = 0;
        while (start < minified.Length)
        {
            int size = SizeOfToken(minified[start..]);
            WriteToken(minified.Slice(start, size), minified[(start + size)..]);
            start += size;
        }
    }

    private void WriteToken(ReadOnlySpan<byte> token, ReadOnlySpan<byte> rest)
    {
        switch (token[0])
        {
            case (byte)'{' or (byte)'[':
                Begin(token);
                if (rest[0] is not ((byte)'}' or (byte)']'))
                {
                    BeginElement();
                }

                break;
            case (byte)'}' or (byte)']':
                End(token);
                break;
            case (byte)',':
                BeginElement();
                break;
            case (byte)':':
                output.Write(": "u8);
                break;
            default:
                output.Write(token);
                break;
        }
    }

    private static int SizeOfToken(ReadOnlySpan<byte> json)
    {
        if (json[0] is (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)',' or (byte)':')
        {
            return 1;
        }

        if (json[0] != '"')
        {
            int end = json.IndexOfAny(",]}"u8);
            return end < 0 ? json.Length : end;
        }

        int size = 1;
        while (json[size] != '"')
        {
            size += json[size] == '\\' ? 2 : 1;
        }

        return size + 1;
    }

    private void Begin(ReadOnlySpan<byte> bracket)
    {
        output.Write(bracket);
        _depth++;
        _isFirst = true;
    }

    private void End(ReadOnlySpan<byte> bracket)
    {
        _depth--;
        if (!_isFirst)
        {
            BreakLine();
        }

        _isFirst = false;
        output.Write(bracket);
    }

    private void BreakLine()
    {
        int size = 1 + (_depth * IndentSize);
        Span<byte> line = output.GetSpan(size)[..size];
        line.Fill((byte)' ');
        line[0] = (byte)'\n';
        output.Advance(size);
    }
}
