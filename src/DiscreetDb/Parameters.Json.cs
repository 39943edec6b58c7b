using System.Text.Json;

namespace DiscreetDb;

public sealed partial class Parameters
{
    /// <summary>Reads a flat JSON object of null, booleans, numbers and strings.</summary>
    /// <remarks>A number with a point or an exponent is a float, any other an integer.</remarks>
    /// <exception cref="DiscreetException">
    /// <see cref="ErrorCode.InvalidParameterJson" />, <see cref="ErrorCode.IntegerOutOfRange" />,
    /// <see cref="ErrorCode.InvalidFloat" />, <see cref="ErrorCode.InvalidString" />, <see cref="ErrorCode.DuplicateParameter" />.
    /// </exception>
    public static Parameters FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        byte[] utf8 = ToUtf8(json);
        Utf8JsonReader reader = new(utf8);
        try
        {
            return ReadObject(ref reader);
        }
        catch (JsonException malformed)
        {
            throw new DiscreetException(ErrorCode.InvalidParameterJson, $"The parameters are not JSON: {malformed.Message}", malformed);
        }
    }

    private static byte[] ToUtf8(string json)
    {
        try
        {
            return StrictUtf8.GetBytes(json);
        }
        catch (System.Text.EncoderFallbackException unpaired)
        {
            throw new DiscreetException(
                ErrorCode.InvalidString, $"The parameters hold an unpaired surrogate at character {unpaired.Index + 1}.", unpaired);
        }
    }

    private static Parameters ReadObject(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw Malformed($"The parameters are {Describe(reader.TokenType)}, not an object.");
        }

        Parameters parameters = new();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = ReadName(ref reader);
            reader.Read();
            parameters.Add(name, ReadValue(ref reader, name));
        }

        // A text that goes on behind the object is an error of the reader, which reads on here.
        reader.Read();
        return parameters;
    }

    /// <summary>What is misuse in a program is content here: the text may come from anywhere.</summary>
    private static string ReadName(ref Utf8JsonReader reader)
    {
        string name = ReadString(ref reader, "a name");
        return name is [not '$', ..]
            ? name
            : throw Malformed($"A parameter is called `{name}`; names are not empty and stand without `$`.");
    }

    private static object? ReadValue(ref Utf8JsonReader reader, string name) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.String => ReadString(ref reader, $"${name}"),
        JsonTokenType.Number => ReadNumber(ref reader, name),
        _ => throw Malformed($"${name} is {Describe(reader.TokenType)}; a parameter is null, a boolean, a number or a string."),
    };

    private static object ReadNumber(ref Utf8JsonReader reader, string name)
    {
        if (reader.ValueSpan.IndexOfAny(".eE"u8) >= 0)
        {
            return reader.GetDouble();
        }

        return reader.TryGetInt64(out long integer)
            ? integer
            : throw new DiscreetException(ErrorCode.IntegerOutOfRange, $"${name} does not fit 64 bits.");
    }

    private static string ReadString(ref Utf8JsonReader reader, string what)
    {
        try
        {
            return reader.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException unpaired)
        {
            throw new DiscreetException(ErrorCode.InvalidString, $"{what} holds an unpaired surrogate.", unpaired);
        }
    }

    private static DiscreetException Malformed(string message) => new(ErrorCode.InvalidParameterJson, message);

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        _ => "null",
    };
}
