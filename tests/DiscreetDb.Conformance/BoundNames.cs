using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace DiscreetDb.Conformance;

/// <summary>Values of earlier answers that later steps name as <c>{name}</c>.</summary>
internal sealed class BoundNames
{
    /// <summary>The public key of RFC 8032, 7.1, test 1: a second person who never appears.</summary>
    private const string OtherKey = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    private readonly Dictionary<string, JsonElement> _values = [];

    public BoundNames(Discreet database)
    {
        BindText("private_room", database.PrivateRoom);
        BindText("verifying_key", database.VerifyingKey);
        BindText("other_key", OtherKey);
    }

    public void Bind(string name, JsonElement value) => _values[name] = value;

    /// <summary>The bound value a string stands for; false where it is no <c>{name}</c> of a bound name.</summary>
    public bool TryResolve(JsonElement placeholder, [NotNullWhen(true)] out JsonElement? value)
    {
        value = placeholder.ValueKind == JsonValueKind.String
            && placeholder.GetString() is ['{', .. var name, '}']
            && _values.TryGetValue(name, out JsonElement bound)
                ? bound
                : null;
        return value is not null;
    }

    private void BindText(string name, string text) => Bind(name, JsonSerializer.SerializeToElement(text));
}
