using System.Text.Json;
using System.Text.Json.Serialization;

namespace DiscreetDb;

/// <summary>
/// Reads and writes bytes as the engine spells them: base64url without padding. <c>Take</c> by reflection uses it for every
/// <c>byte[]</c>; a <see cref="JsonSerializerContext" /> names it in its converters or at the property.
/// </summary>
public sealed class Base64UrlJsonConverter : JsonConverter<byte[]>
{
    /// <inheritdoc />
    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string text = reader.GetString() ?? string.Empty;
        byte[] bytes = new byte[Base64Url.GetMaxSizeBytes(text.Length)];
        return Base64Url.TryDecode(text, bytes, out int size) && size == bytes.Length
            ? bytes
            : throw new JsonException("The text is not base64url without padding.");
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(Base64Url.Encode(value));
    }
}
