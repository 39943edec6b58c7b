using System.Buffers;
using System.Text;
using DiscreetDb.Core;
using DiscreetDb.Language;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Language.Model;

namespace DiscreetDb.Query.Model;

/// <summary>The literal of a default to a value of the field's type, dialect §3.3.</summary>
internal sealed class DefaultReader(SourceText source, string field)
{
    /// <summary>The typed value.</summary>
    /// <exception cref="DiscreetException">InvalidDefault.</exception>
    public Value Read(ScalarType type, SyntaxValue literal) => (type, literal) switch
    {
        (ScalarType.Integer, SyntaxValue.Integer integer) => Value.Integer(integer.Value),
        (ScalarType.Float, SyntaxValue.Integer integer) => Value.Float(integer.Value),
        (ScalarType.Float, SyntaxValue.Float number) => Value.Float(number.Value),
        (ScalarType.Boolean, SyntaxValue.Boolean boolean) => Value.Boolean(boolean.Value),
        (ScalarType.String, SyntaxValue.Text text) => Value.Text(text.Value),
        (ScalarType.Base64, SyntaxValue.Text text) => ReadBase64(text),
        (ScalarType.Json, SyntaxValue.Text text) => ReadJson(text),
        _ => throw Invalid(literal, $"takes {Accepted(type)}"),
    };

    private Value ReadBase64(SyntaxValue.Text text)
    {
        byte[] bytes = new byte[Base64Url.GetMaxSizeBytes(text.Value.Length)];
        return Base64Url.TryDecode(text.Value, bytes, out int size) && size == bytes.Length
            ? Value.Bytes(bytes)
            : throw Invalid(text, "takes base64url: the URL-safe alphabet without padding");
    }

    private Value ReadJson(SyntaxValue.Text text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text.Value);
        var minified = new ArrayBufferWriter<byte>(utf8.Length + 1);
        return JsonText.TryMinify(utf8, minified, out JsonFault fault)
            ? Value.Json(minified.WrittenMemory)
            : throw Invalid(text, $"takes a string that holds JSON: {fault}");
    }

    private static string Accepted(ScalarType type) => type switch
    {
        ScalarType.Integer => "an integer",
        ScalarType.Float => "a float or an integer",
        ScalarType.Boolean => "true or false",
        ScalarType.String => "a string",
        ScalarType.Base64 => "a string of base64url",
        _ => "a string that holds JSON",
    };

    private DiscreetException Invalid(SyntaxValue literal, string reason) =>
        source.Error(ErrorCode.InvalidDefault, literal.Span, $"The default of `{field}` {reason}.");
}
