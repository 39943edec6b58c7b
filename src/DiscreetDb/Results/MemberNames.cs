using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DiscreetDb.Results;

/// <summary>
/// Gives the members of a JSON text the names a type has for them, where they differ only in case and underscores
/// (<c>room_id</c>, <c>RoomId</c>). Follows the type, so the keys of dictionaries and of free JSON stay as they are; a text
/// whose names fit already is returned as it came.
/// </summary>
internal static class MemberNames
{
    private static readonly ConditionalWeakTable<JsonTypeInfo, ObjectMembers> Known = [];

    public static ReadOnlyMemory<byte> Match(ReadOnlyMemory<byte> utf8, JsonTypeInfo itemType)
    {
        Rewriter rewriter = new(utf8);
        Utf8JsonReader reader = new(utf8.Span, JsonValues.ReaderOptions);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            Elements(ref reader, itemType, rewriter);
        }
        else
        {
            Value(ref reader, itemType, rewriter);
        }

        return rewriter.Text();
    }

    /// <summary>One value; the reader stands on its first token and is left on its last. Depth is bounded by the reader's.</summary>
    private static void Value(ref Utf8JsonReader reader, JsonTypeInfo? type, Rewriter rewriter)
    {
        switch (reader.TokenType, type?.Kind)
        {
            case (JsonTokenType.StartObject, JsonTypeInfoKind.Object):
                Object(ref reader, type, rewriter);
                break;
            case (JsonTokenType.StartObject, JsonTypeInfoKind.Dictionary):
                Dictionary(ref reader, ElementType(type), rewriter);
                break;
            case (JsonTokenType.StartArray, JsonTypeInfoKind.Enumerable):
                Elements(ref reader, ElementType(type), rewriter);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static void Object(ref Utf8JsonReader reader, JsonTypeInfo type, Rewriter rewriter)
    {
        ObjectMembers members = Known.GetValue(type, static typeInfo => new ObjectMembers(typeInfo));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            JsonPropertyInfo? member = members.Find(ref reader, out byte[]? otherName);
            if (otherName is not null)
            {
                rewriter.Replace((int)reader.TokenStartIndex, reader.ValueSpan.Length + 2, otherName);
            }

            reader.Read();
            Value(ref reader, member is null ? null : TypeInfo(type, member.PropertyType), rewriter);
        }
    }

    private static void Dictionary(ref Utf8JsonReader reader, JsonTypeInfo? valueType, Rewriter rewriter)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            reader.Read();
            Value(ref reader, valueType, rewriter);
        }
    }

    private static void Elements(ref Utf8JsonReader reader, JsonTypeInfo? elementType, Rewriter rewriter)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Value(ref reader, elementType, rewriter);
        }
    }

    private static JsonTypeInfo? ElementType(JsonTypeInfo type) => type.ElementType is { } element ? TypeInfo(type, element) : null;

    private static JsonTypeInfo? TypeInfo(JsonTypeInfo owner, Type type) =>
        owner.Options.TryGetTypeInfo(type, out JsonTypeInfo? typeInfo) ? typeInfo : null;

    /// <summary>The members of one type by their names without case and underscores.</summary>
    private sealed class ObjectMembers
    {
        private readonly Dictionary<string, JsonPropertyInfo> _exact = new(StringComparer.Ordinal);
        private readonly Dictionary<string, (JsonPropertyInfo Member, byte[] Name)> _loose = new(StringComparer.Ordinal);

        public ObjectMembers(JsonTypeInfo type)
        {
            foreach (JsonPropertyInfo member in type.Properties)
            {
                _exact.TryAdd(member.Name, member);
                _loose.TryAdd(Loosen(member.Name), (member, Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(member.Name)}\"")));
            }
        }

        /// <summary>The member the reader's name means; with another name when the type spells it differently.</summary>
        public JsonPropertyInfo? Find(ref Utf8JsonReader reader, out byte[]? otherName)
        {
            string name = reader.GetString() ?? string.Empty;
            otherName = null;
            if (_exact.TryGetValue(name, out JsonPropertyInfo? exact))
            {
                return exact;
            }

            if (!_loose.TryGetValue(Loosen(name), out (JsonPropertyInfo Member, byte[] Name) loose))
            {
                return null;
            }

            otherName = loose.Name;
            return loose.Member;
        }

        private static string Loosen(string name) => name.Replace("_", string.Empty, StringComparison.Ordinal).ToLowerInvariant();
    }

    /// <summary>Copies a text with some pieces replaced, or keeps the text itself when none is.</summary>
    private sealed class Rewriter(ReadOnlyMemory<byte> text)
    {
        private ArrayBufferWriter<byte>? _copy;
        private int _copied;

        public void Replace(int start, int length, ReadOnlySpan<byte> piece)
        {
            _copy ??= new ArrayBufferWriter<byte>(text.Length + 64);
            _copy.Write(text.Span[_copied..start]);
            _copy.Write(piece);
            _copied = start + length;
        }

        public ReadOnlyMemory<byte> Text()
        {
            if (_copy is null)
            {
                return text;
            }

            _copy.Write(text.Span[_copied..]);
            _copied = text.Length;
            return _copy.WrittenMemory;
        }
    }
}
