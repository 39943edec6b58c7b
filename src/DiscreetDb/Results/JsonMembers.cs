using System.Text.Json;

namespace DiscreetDb.Results;

/// <summary>Where the members of a JSON object stand in its text. Found by one scan; the values stay text.</summary>
internal sealed class JsonMembers
{
    private readonly OrderedDictionary<string, ReadOnlyMemory<byte>> _values = new(StringComparer.Ordinal);

    private JsonMembers()
    {
    }

    public IReadOnlyCollection<string> Keys => _values.Keys;

    /// <exception cref="DiscreetException">InvalidResult.</exception>
    public static JsonMembers Find(ReadOnlyMemory<byte> utf8)
    {
        JsonMembers members = new();
        try
        {
            members.Scan(utf8);
            return members;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The reader reports an unpaired surrogate in a name as InvalidOperationException.
            throw new DiscreetException(ErrorCode.InvalidResult, $"The text is not a JSON object: {malformed.Message}", malformed);
        }
    }

    public ReadOnlyMemory<byte> Get(string key, JsonTokenType start)
    {
        if (!_values.TryGetValue(key, out ReadOnlyMemory<byte> value))
        {
            throw new DiscreetException(
                ErrorCode.ResultKeyNotFound, $"The answer has no `{key}`, or it was taken before; there is: {string.Join(", ", _values.Keys)}.");
        }

        bool isArray = start == JsonTokenType.StartArray;
        return value.Span[0] == (isArray ? (byte)'[' : (byte)'{')
            ? value
            : throw new DiscreetException(
                ErrorCode.ResultShapeMismatch,
                $"`{key}` is not {(isArray ? "an array: take it with TakeObject" : "an object: take it with Take")}.");
    }

    public void Remove(string key) => _values.Remove(key);

    private void Scan(ReadOnlyMemory<byte> utf8)
    {
        Utf8JsonReader reader = new(utf8.Span, JsonValues.ReaderOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new DiscreetException(ErrorCode.InvalidResult, "The text is not a JSON object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString() ?? string.Empty;
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            _values[key] = utf8[start..(int)reader.BytesConsumed];
        }

        // A text that goes on behind the object is an error of the reader, which reads on here.
        reader.Read();
    }
}
