using System.Buffers;
using DiscreetDb.Core;

namespace DiscreetDb.Query.Parameters;

/// <summary>Content of texts becoming values: what literals and parameters have in common.</summary>
internal static class Conversion
{
    /// <summary>Decodes base64url.</summary>
    public static bool TryDecodeBase64(ReadOnlySpan<byte> utf8, out Value value)
    {
        byte[] bytes = new byte[Base64Url.GetMaxSizeBytes(utf8.Length)];
        bool isDecoded = Base64Url.TryDecode(utf8, bytes, out int size) && size == bytes.Length;
        value = isDecoded ? Value.Bytes(bytes) : Value.Null;
        return isDecoded;
    }

    /// <summary>Minifies a JSON text; false with the reason where it is not one.</summary>
    public static bool TryReadJson(ReadOnlyMemory<byte> utf8, out Value value, out JsonFault fault)
    {
        ArrayBufferWriter<byte> minified = new(Math.Max(utf8.Length, 1));
        bool isJson = JsonText.TryMinify(utf8.Span, minified, out fault);
        value = isJson ? Value.Json(minified.WrittenMemory) : Value.Null;
        return isJson;
    }
}
