using System.Runtime.CompilerServices;
using System.Text.Json;

namespace DiscreetDb.Core.Tests;

/// <summary>The files of <c>tests/vectors</c>.</summary>
internal static class VectorFile
{
    public static JsonDocument Read(string name) => JsonDocument.Parse(File.ReadAllBytes(PathOf(name)));

    public static string PathOf(string name, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here) ?? ".", "..", "vectors", name);
}
