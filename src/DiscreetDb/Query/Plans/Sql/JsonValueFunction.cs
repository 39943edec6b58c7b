using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DiscreetDb.Core;
using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.Query.Plans.Sql;

/// <summary>
/// The SQL function <c>discreet_json(type, value)</c>: a column's value as it stands in <c>_json</c>. SQLite's own JSON
/// functions print floats with 15 digits and know no base64.
/// </summary>
internal static unsafe class JsonValueFunction
{
    public const string Name = "discreet_json";

    public static SqlFunction Function { get; } = new(Name, 2, &Call);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Call(nint context, int count, nint* arguments)
    {
        SqlArgument value = new(arguments[1]);
        SqlResult result = new(context);
        switch (value.IsNull ? null : (FieldType?)new SqlArgument(arguments[0]).Int64)
        {
            case FieldType.Boolean:
                result.SetText(value.Int64 != 0 ? "true"u8 : "false"u8);
                break;
            case FieldType.Float:
                SetFloat(result, value.Double);
                break;
            case FieldType.String:
                SetString(result, value.Text);
                break;
            case FieldType.Base64:
                SetBase64(result, value.Blob);
                break;
            case FieldType.Integer or FieldType.Json:
                result.SetText(value.Text);
                break;
            default:
                result.SetText("null"u8);
                break;
        }
    }

    private static void SetFloat(SqlResult result, double value)
    {
        Span<byte> utf8 = stackalloc byte[FloatText.MaxSizeBytes];
        result.SetText(utf8[..FloatText.Write(value, utf8)]);
    }

    private static void SetString(SqlResult result, ReadOnlySpan<byte> text)
    {
        ArrayBufferWriter<byte> quoted = new(text.Length + 2);
        JsonEscape.WriteQuoted(text, quoted);
        result.SetText(quoted.WrittenSpan);
    }

    private static void SetBase64(SqlResult result, ReadOnlySpan<byte> bytes)
    {
        byte[] utf8 = ArrayPool<byte>.Shared.Rent(Base64Url.GetTextLength(bytes.Length) + 2);
        utf8[0] = (byte)'"';
        int length = Base64Url.Encode(bytes, utf8.AsSpan(1)) + 1;
        utf8[length] = (byte)'"';
        result.SetText(utf8.AsSpan(0, length + 1));
        ArrayPool<byte>.Shared.Return(utf8);
    }
}
