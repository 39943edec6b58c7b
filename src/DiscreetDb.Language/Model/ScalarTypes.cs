using System.Text;

namespace DiscreetDb.Language.Model;

/// <summary>The words of <see cref="ScalarType" />.</summary>
internal static class ScalarTypes
{
    /// <summary>The type this word names, in any case; no entity and no field may be called so.</summary>
    public static ScalarType? Find(string word) => word.Length switch
    {
        4 when Is(word, "Json") => ScalarType.Json,
        5 when Is(word, "Float") => ScalarType.Float,
        6 when Is(word, "String") => ScalarType.String,
        6 when Is(word, "Base64") => ScalarType.Base64,
        7 when Is(word, "Integer") => ScalarType.Integer,
        7 when Is(word, "Boolean") => ScalarType.Boolean,
        _ => null,
    };

    private static bool Is(string word, string name) => Ascii.EqualsIgnoreCase(word, name);
}
