using System.Diagnostics.CodeAnalysis;
using System.Text;
using DiscreetDb.Core;
using DiscreetDb.Query.Parameters;
using DiscreetDb.Results;

namespace DiscreetDb;

/// <summary>
/// Values for the variables of a text, by name without <c>$</c>. A value is a bool, an integer, a double, a string, null, or
/// what becomes base64url text: <see cref="Uid" />, <see cref="VerifyingKey" />, bytes.
/// </summary>
/// <example>
/// <code>
/// await app.MutateAsync("mutate { chat.Message { room_id: $room content: $text } }", new() { ["room"] = app.PrivateRoom, ["text"] = "hello" });
/// </code>
/// </example>
/// <remarks>Filled by one thread, then read by any number.</remarks>
public sealed partial class Parameters : IParameterSource
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);

    /// <summary>How many values there are.</summary>
    public int Count => _values.Count;

    /// <summary>Sets a value, replacing one of the same name.</summary>
    /// <param name="name">The variable without <c>$</c>.</param>
    /// <exception cref="ArgumentException">The name is empty or begins with <c>$</c>, or no value can be of this type.</exception>
    /// <exception cref="DiscreetException">
    /// <see cref="ErrorCode.InvalidFloat" /> for NaN and infinities, <see cref="ErrorCode.InvalidString" /> for an unpaired
    /// surrogate or U+0000, <see cref="ErrorCode.IntegerOutOfRange" /> for an unsigned integer beyond 64 signed bits.
    /// </exception>
    public object? this[string name]
    {
        set => _values[RequireName(name)] = ToValue(name, value);
    }

    /// <summary>Adds a value; <see langword="this" />, so that calls follow each other.</summary>
    /// <exception cref="DiscreetException"><see cref="ErrorCode.DuplicateParameter" />, or what the indexer throws.</exception>
    /// <exception cref="ArgumentException">As for the indexer.</exception>
    public Parameters Add(string name, object? value)
    {
        Value converted = ToValue(RequireName(name), value);
        return _values.TryAdd(name, converted)
            ? this
            : throw new DiscreetException(ErrorCode.DuplicateParameter, $"The parameter ${name} has a value already.");
    }

    /// <summary>The public properties of an object as parameters: <c>new { room = app.PrivateRoom, text = "hello" }</c>.</summary>
    /// <remarks>Safe to trim and to compile ahead of time: the properties of <typeparamref name="T" /> are kept.</remarks>
    /// <exception cref="ArgumentException">A property has a type no value can be of, or the object is itself a value.</exception>
    public static Parameters From<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(T values)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(values);
        return values as Parameters ?? ObjectProperties<T>.Read(values);
    }

    bool IParameterSource.TryGet(string name, out Value value) => _values.TryGetValue(name, out value);

    private static string RequireName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name[0] != '$' ? name : throw new ArgumentException($"Parameters are named without `$`: write \"{name[1..]}\".", nameof(name));
    }

    private static Value ToValue(string name, object? value) => value switch
    {
        null => Value.Null,
        bool boolean => Value.Boolean(boolean),
        string text => Text(name, text),
        int or long or short or byte or sbyte or ushort or uint => Value.Integer(Convert.ToInt64(value, null)),
        ulong large => large <= long.MaxValue
            ? Value.Integer((long)large)
            : throw new DiscreetException(ErrorCode.IntegerOutOfRange, $"${name} is {large}, beyond 64 signed bits."),
        double number => Float(name, number),
        float number => Float(name, number),
        Uid id => Value.Text(id.ToString()),
        VerifyingKey key => Value.Text(key.ToString()),
        byte[] bytes => Value.Text(Base64Url.Encode(bytes)),
        ReadOnlyMemory<byte> bytes => Value.Text(Base64Url.Encode(bytes.Span)),
        Memory<byte> bytes => Value.Text(Base64Url.Encode(bytes.Span)),
        _ => throw new ArgumentException(
            $"${name} is a {value.GetType()}; a parameter is a bool, an integer, a double, a string, null, a Uid, a VerifyingKey or bytes.", nameof(value)),
    };

    private static Value Float(string name, double number) => double.IsFinite(number)
        ? Value.Float(number)
        : throw new DiscreetException(ErrorCode.InvalidFloat, $"${name} is {number}; a float is finite.");

    private static Value Text(string name, string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new DiscreetException(ErrorCode.InvalidString, $"${name} holds U+0000.");
        }

        try
        {
            return Value.Text(StrictUtf8.GetBytes(text));
        }
        catch (EncoderFallbackException unpaired)
        {
            throw new DiscreetException(
                ErrorCode.InvalidString, $"${name} holds an unpaired surrogate at character {unpaired.Index + 1}.", unpaired);
        }
    }

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
