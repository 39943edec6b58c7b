using DiscreetDb.Differential.Models;
using DiscreetDb.TestKit;

namespace DiscreetDb.Differential.Data;

/// <summary>
/// Values of each type. Few of them, so that ties, hits and groups happen; Floats are multiples of a quarter, so that sums
/// and averages have one exact result whatever the order of addition.
/// </summary>
internal static class ValuePool
{
    private static readonly string[] Strings =
    [
        "", "a", "A", "ab", "b", "B", "é", "É", "zz", "O'Hara", "say \"x\"", "back\\slash", "line\nbreak", "tab\tstop",
        "north wind", "Northern lights", "windmill", "C++ and foo-bar", "日本語テスト", "größer", "GRÖSSER", "a\u0001b", "😀 smile", "AND", "null", "$v1",
    ];

    private static readonly string[] SearchTexts =
    [
        "north", "wind", "north wind", "IND", "light", "foo-bar", "c++", "日本語", "größer", "o'hara", "say \"x\"", "AND", "mil", "no such text",
        "ab", "a north", "smile", "lantern", "QUJD", "back\\slash", "*", "wind*", "(wind", "wind OR north", "NEAR(wind north)", "",
    ];

    private static readonly string[] Base64s = ["", "AA", "AAA", "AAAA", "_w", "QUJD", "QUJDRA", "b_-0", "AQ"];

    private static readonly string[] Jsons =
    [
        "{}", "[]", "{\"i\":1,\"s\":\"ann\",\"f\":2.5,\"b\":true,\"list\":[1,2,3],\"deep\":{\"v\":[{\"w\":\"lantern\"}]}}",
        "{\"i\":2,\"s\":\"bob\",\"f\":10.25,\"b\":false,\"list\":[],\"nil\":null}", "{\"i\":-7,\"s\":\"Ann\",\"list\":[\"x\",[4]],\"deep\":{\"v\":{}}}",
        "[10,[20,30],{\"k\":\"v\"}]", "[\"north\",true,null]", "\"plain text\"", "17", "2.5", "true", "{\"s\":\"\",\"i\":9007199254740993}",
        "{\"s\":\"é\\\"q\",\"f\":-0.25}", "{\"f\":1e2,\"i\":0,\"deep\":[1]}",
    ];

    /// <summary>Selectors that hit, miss, and meet other shapes than they expect.</summary>
    private static readonly string[] JsonPaths =
        ["$", "$.i", "$.s", "$.f", "$.b", "$.list", "$.list[0]", "$.list[1]", "$.deep.v", "$.deep.v[0].w", "$.nil", "$.none.x", "0", "1", "2", "9"];

    /// <summary>Paths whose values never differ in spelling alone, so that they make the same groups in every reading.</summary>
    private static readonly string[] GroupingPaths = ["$.i", "$.s", "$.b", "$.nil"];

    public static object Draw(FieldKind kind, SeededRandom random) => kind switch
    {
        FieldKind.Integer => (long)random.Between(-3, 6),
        FieldKind.Float => random.Between(-8, 24) / 4.0,
        FieldKind.Boolean => random.Chance(50),
        FieldKind.String => random.Pick(Strings),
        FieldKind.Base64 => Base64Url.Decode(random.Pick(Base64s)),
        FieldKind.Json => new JsonText(random.Pick(Jsons)),
        _ => throw new ArgumentException($"{kind} is no scalar."),
    };

    /// <summary>A scalar a selector may be compared with.</summary>
    public static object DrawJsonScalar(SeededRandom random) => random.Below(4) switch
    {
        0 => (long)random.Between(-7, 20),
        1 => random.Pick<double>([2.5, 10.25, 100.0, 0.0, -0.25]),
        2 => random.Chance(50),
        _ => random.Pick(["ann", "Ann", "bob", "x", "", "north", "[1,2,3]", "{}", "plain text"]),
    };

    public static string DrawSearch(SeededRandom random) => random.Pick(SearchTexts);

    public static string DrawJsonPath(SeededRandom random) => random.Pick(JsonPaths);

    public static string DrawGroupingPath(SeededRandom random) => random.Pick(GroupingPaths);
}
