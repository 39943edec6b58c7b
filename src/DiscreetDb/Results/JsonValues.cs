using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DiscreetDb.Results;

/// <summary>JSON text of an answer to objects of the caller's types.</summary>
internal static class JsonValues
{
    public const string NeedsReflection =
        "Reads the type by reflection; pass a JsonTypeInfo or a JsonSerializerContext where code is trimmed or compiled ahead of time.";

    /// <summary>An answer nests an array and an object per selection, and then a Json value.</summary>
    private const int MaxDepth = (Limits.NestingDepth * 2) + Limits.JsonDepth + 2;

    private static JsonSerializerOptions? s_byReflection;

    public static JsonReaderOptions ReaderOptions => new() { MaxDepth = MaxDepth };

    [RequiresUnreferencedCode(NeedsReflection)]
    [RequiresDynamicCode(NeedsReflection)]
    public static JsonTypeInfo<T> TypeInfo<T>()
    {
        s_byReflection ??= new JsonSerializerOptions
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            MaxDepth = MaxDepth,
            Converters = { new Base64UrlJsonConverter() },
        };
        return (JsonTypeInfo<T>)s_byReflection.GetTypeInfo(typeof(T));
    }

    public static JsonTypeInfo<T> TypeInfo<T>(JsonSerializerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
            ?? throw new ArgumentException($"The context does not know {typeof(T)}: add [JsonSerializable(typeof({typeof(T).Name}))].", nameof(context));
    }

    public static IReadOnlyList<T> ReadArray<T>(string key, ReadOnlyMemory<byte> utf8, JsonTypeInfo<T> typeInfo)
    {
        ReadOnlyMemory<byte> text = MemberNames.Match(utf8, typeInfo);
        Utf8JsonReader reader = new(text.Span, ReaderOptions);
        List<T> items = [];
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                items.Add(Require(JsonSerializer.Deserialize(ref reader, typeInfo)));
            }
        }
        catch (Exception unfit) when (unfit is JsonException or NotSupportedException)
        {
            throw Unfit($"{key}[{items.Count}]", typeof(T), unfit);
        }

        return items;
    }

    public static T ReadObject<T>(string key, ReadOnlyMemory<byte> utf8, JsonTypeInfo<T> typeInfo)
    {
        ReadOnlyMemory<byte> text = MemberNames.Match(utf8, typeInfo);
        try
        {
            return Require(JsonSerializer.Deserialize(text.Span, typeInfo));
        }
        catch (Exception unfit) when (unfit is JsonException or NotSupportedException)
        {
            throw Unfit(key, typeof(T), unfit);
        }
    }

    private static T Require<T>(T? value) => value ?? throw new JsonException($"null is no {typeof(T)}");

    private static DiscreetException Unfit(string place, Type type, Exception unfit) =>
        new(ErrorCode.InvalidResult, $"`{place}` cannot be read as {type}: {unfit.Message}", unfit);
}
