using System.Buffers;
using System.Text;
using System.Text.Json;
using DiscreetDb.Core;

namespace DiscreetDb.Fuzz.Targets;

/// <summary>The reader of Json values: what it takes, an independent reader takes as the same value.</summary>
internal sealed class JsonTextTarget : FuzzTarget
{
    private static readonly JsonDocumentOptions Independent = new() { MaxDepth = Limits.JsonDepth + 1, AllowDuplicateProperties = false };

    public override string Name => "json-text";

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[]
        {
            "null", "true", "1", "-0.5e+3", "\"a\\u00e9\\n\\ud83d\\ude00\"", "[1, [2, {\"a\": null}]]", "{\"a\":{\"b\":[1,2,{\"c\":\"d\"}]},\"e\":1e-2}",
            "{ \"name\" : \"ann\" , \"age\" : 30 }", "[[[[[[[[]]]]]]]]",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public override void Run(byte[] input)
    {
        var output = new ArrayBufferWriter<byte>();
        if (!JsonText.TryMinify(input, output))
        {
            Expect(output.WrittenCount == 0, "something was written although the text was refused");
            Expect(!JsonText.IsMinified(input), "a refused text counts as minified");
            return;
        }

        ReadOnlySpan<byte> minified = output.WrittenSpan;
        Expect(JsonText.IsMinified(minified), "what was written does not count as minified");
        using JsonDocument before = JsonDocument.Parse(input, Independent);
        using JsonDocument after = JsonDocument.Parse(output.WrittenMemory, Independent);
        Expect(AreSame(before.RootElement, after.RootElement), "minifying changed the value");
    }

    // Not JsonElement.DeepEquals: it refuses to compare numbers with exponents beyond its own reach. Numbers keep their text.
    private static bool AreSame(JsonElement left, JsonElement right) => left.ValueKind == right.ValueKind && left.ValueKind switch
    {
        JsonValueKind.Number => left.GetRawText() == right.GetRawText(),
        JsonValueKind.String => left.GetString() == right.GetString(),
        JsonValueKind.Array => left.EnumerateArray().Zip(right.EnumerateArray()).All(pair => AreSame(pair.First, pair.Second))
            && left.GetArrayLength() == right.GetArrayLength(),
        JsonValueKind.Object => left.EnumerateObject().Zip(right.EnumerateObject()).All(pair => AreSame(pair.First, pair.Second))
            && left.GetPropertyCount() == right.GetPropertyCount(),
        _ => true,
    };

    private static bool AreSame(JsonProperty left, JsonProperty right) => left.Name == right.Name && AreSame(left.Value, right.Value);

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new BrokenPromise(otherwise);
        }
    }
}
