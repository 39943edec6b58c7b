using System.Security.Cryptography;
using DiscreetDb.TestKit;

namespace DiscreetDb.Fuzz;

/// <summary>Input that once broke something, kept beside the tests and run each time.</summary>
internal static class Corpus
{
    private static readonly string Root = Repository.PathOf("tests", "DiscreetDb.Fuzz", "corpus");

    public static IReadOnlyList<byte[]> Read(FuzzTarget target)
    {
        string folder = Path.Combine(Root, target.Name);
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)] : [];
    }

    /// <summary>Keeps the input; answers its file.</summary>
    public static string Keep(FuzzTarget target, byte[] input)
    {
        string folder = Path.Combine(Root, target.Name);
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(input))[..16] + ".bin");
        File.WriteAllBytes(file, input);
        return Path.GetRelativePath(Repository.Root, file);
    }
}
