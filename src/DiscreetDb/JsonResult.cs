using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DiscreetDb.Results;

namespace DiscreetDb;

/// <summary>
/// An answer: a JSON object whose members are taken out one by one, as objects of the caller's types. Nothing is parsed
/// before something is taken; <see cref="Utf8" /> are the bytes as the engine wrote them.
/// </summary>
/// <remarks>
/// Members are matched ignoring case and underscores: <c>room_id</c> fills <c>RoomId</c>. Give a
/// <see cref="JsonTypeInfo{T}" /> or a <see cref="JsonSerializerContext" /> where code is trimmed or compiled ahead of time.
/// Used by one thread at a time.
/// </remarks>
public class JsonResult
{
    private JsonMembers? _members;

    private protected JsonResult(ReadOnlyMemory<byte> utf8)
    {
        Utf8 = utf8;
    }

    /// <summary>The bytes as written, whatever was taken.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>The members that were not taken yet, in the order of the text.</summary>
    /// <exception cref="DiscreetException"><see cref="ErrorCode.InvalidResult" />: the text is not a JSON object.</exception>
    public IReadOnlyCollection<string> Keys => Members.Keys;

    private JsonMembers Members => _members ??= JsonMembers.Find(Utf8);

    /// <summary>Reads any JSON object.</summary>
    /// <exception cref="DiscreetException"><see cref="ErrorCode.InvalidResult" />: the text is not a JSON object.</exception>
    public static JsonResult Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        JsonResult result = new(Encoding.UTF8.GetBytes(text));
        result._members = JsonMembers.Find(result.Utf8);
        return result;
    }

    /// <summary>Takes an array out of the answer.</summary>
    /// <param name="key">The key of the member.</param>
    /// <param name="typeInfo">How an element is read.</param>
    /// <exception cref="DiscreetException">
    /// <see cref="ErrorCode.ResultKeyNotFound" />: no such member, or it was taken before;
    /// <see cref="ErrorCode.ResultShapeMismatch" />: it is an object, see <see cref="TakeObject{T}(string, JsonTypeInfo{T})" />;
    /// <see cref="ErrorCode.InvalidResult" />: an element is no <typeparamref name="T" />. The member stays where taking it failed.
    /// </exception>
    public IReadOnlyList<T> Take<T>(string key, JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(typeInfo);
        ReadOnlyMemory<byte> member = Members.Get(key, JsonTokenType.StartArray);
        IReadOnlyList<T> items = JsonValues.ReadArray(key, member, typeInfo);
        Members.Remove(key);
        return items;
    }

    /// <summary>Takes an array out of the answer; the context knows the type of its elements.</summary>
    /// <inheritdoc cref="Take{T}(string, JsonTypeInfo{T})" />
    public IReadOnlyList<T> Take<T>(string key, JsonSerializerContext context) => Take(key, JsonValues.TypeInfo<T>(context));

    /// <summary>Takes an array out of the answer, reading its elements by reflection.</summary>
    /// <inheritdoc cref="Take{T}(string, JsonTypeInfo{T})" />
    [RequiresUnreferencedCode(JsonValues.NeedsReflection)]
    [RequiresDynamicCode(JsonValues.NeedsReflection)]
    public IReadOnlyList<T> Take<T>(string key) => Take(key, JsonValues.TypeInfo<T>());

    /// <summary>Takes an object out of the answer.</summary>
    /// <param name="key">The key of the member.</param>
    /// <param name="typeInfo">How the object is read.</param>
    /// <exception cref="DiscreetException">
    /// <see cref="ErrorCode.ResultKeyNotFound" />: no such member, or it was taken before;
    /// <see cref="ErrorCode.ResultShapeMismatch" />: it is an array, see <see cref="Take{T}(string, JsonTypeInfo{T})" />;
    /// <see cref="ErrorCode.InvalidResult" />: it is no <typeparamref name="T" />. The member stays where taking it failed.
    /// </exception>
    public T TakeObject<T>(string key, JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(typeInfo);
        ReadOnlyMemory<byte> member = Members.Get(key, JsonTokenType.StartObject);
        T value = JsonValues.ReadObject(key, member, typeInfo);
        Members.Remove(key);
        return value;
    }

    /// <summary>Takes an object out of the answer; the context knows its type.</summary>
    /// <inheritdoc cref="TakeObject{T}(string, JsonTypeInfo{T})" />
    public T TakeObject<T>(string key, JsonSerializerContext context) => TakeObject(key, JsonValues.TypeInfo<T>(context));

    /// <summary>Takes an object out of the answer, reading it by reflection.</summary>
    /// <inheritdoc cref="TakeObject{T}(string, JsonTypeInfo{T})" />
    [RequiresUnreferencedCode(JsonValues.NeedsReflection)]
    [RequiresDynamicCode(JsonValues.NeedsReflection)]
    public T TakeObject<T>(string key) => TakeObject(key, JsonValues.TypeInfo<T>());

    /// <summary>The text as written.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);
}
