using System.Diagnostics;
using System.Text;
using DiscreetDb.Core;
using DiscreetDb.Language;
using DiscreetDb.Language.Dialect;

namespace DiscreetDb.Query.Parameters;

/// <summary>Literals of a text to typed values (dialect §6.4, §7.3).</summary>
internal sealed class LiteralReader(SourceText source)
{
    /// <summary>The value of a literal in a place of this type. Null, variables, objects and lists are the caller's.</summary>
    /// <param name="literal">An integer, float, boolean or string.</param>
    /// <param name="type">What the place holds.</param>
    /// <param name="place">The place as an error names it, such as <c>`length`</c>.</param>
    /// <param name="mismatch">The code for a literal of another type.</param>
    /// <exception cref="DiscreetException">The mismatch code, InvalidBase64, InvalidId, InvalidJson.</exception>
    public Value Read(
        SyntaxValue literal, VariableType type, string place, ErrorCode mismatch = ErrorCode.InvalidFieldType) => (type.Kind, literal) switch
        {
            (VariableKind.Boolean or VariableKind.Selector, SyntaxValue.Boolean boolean) => Value.Boolean(boolean.Value),
            (VariableKind.Integer or VariableKind.Selector, SyntaxValue.Integer integer) => Value.Integer(integer.Value),
            (VariableKind.Float, SyntaxValue.Integer integer) => Value.Float(integer.Value),
            (VariableKind.Float or VariableKind.Selector, SyntaxValue.Float number) => Value.Float(number.Value),
            (VariableKind.String or VariableKind.Selector, SyntaxValue.Text text) => Value.Text(text.Value),
            (VariableKind.Base64, SyntaxValue.Text text) => Decode(text, type, place),
            (VariableKind.Json, SyntaxValue.Text text) => ReadJson(text, place),
            _ => throw source.Error(mismatch, literal.Span, $"{place} is {type} and does not take {Describe(literal)}."),
        };

    private Value Decode(SyntaxValue.Text text, VariableType type, string place)
    {
        if (!Conversion.TryDecodeBase64(Encoding.UTF8.GetBytes(text.Value), out Value bytes))
        {
            throw source.Error(
                ErrorCode.InvalidBase64, text.Span, $"{place} takes base64url: the URL-safe alphabet without padding.");
        }

        return !type.Rule.HasFlag(VariableRule.Id) || bytes.AsBytes.Length == Uid.SizeBytes
            ? bytes
            : throw source.Error(
                ErrorCode.InvalidId,
                text.Span,
                $"{place} takes an id of {Uid.SizeBytes} bytes, {Uid.TextLength} characters; this is {bytes.AsBytes.Length} bytes.");
    }

    private Value ReadJson(SyntaxValue.Text text, string place) =>
        Conversion.TryReadJson(Encoding.UTF8.GetBytes(text.Value), out Value json, out JsonFault fault)
            ? json
            : throw source.Error(ErrorCode.InvalidJson, text.Span, $"{place} takes JSON: {fault}.");

    private static string Describe(SyntaxValue literal) => literal switch
    {
        SyntaxValue.Integer => "an integer",
        SyntaxValue.Float => "a float",
        SyntaxValue.Text => "a string",
        SyntaxValue.Boolean => "a boolean",
        SyntaxValue.Null => "null",
        SyntaxValue.Variable => "a variable",
        SyntaxValue.Object => "an object",
        SyntaxValue.List => "a list",
        _ => throw new UnreachableException(),
    };
}
