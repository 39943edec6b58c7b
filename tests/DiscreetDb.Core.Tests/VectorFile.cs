using System.Runtime.CompilerServices;
using System.Text.Json;

namespace DiscreetDb.Core.Tests;

/// <summary>The files of <c>tests/vectors</c>.</summary>
internal static class VectorFile
{
    public static JsonDocument Read(string name) => JsonDocument.Parse(File.ReadAllBytes(PathOf(name)));

    public static string PathOf(string name) => Path.Combine(Path.GetDirectoryName(ThisFile()) ?? ".", "..", "vectors", name);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
