using System.Runtime.CompilerServices;

namespace DiscreetDb.TestKit;

/// <summary>
/// A text that a reviewer accepted, in a file beside the test: <c>Name.verified.txt</c>. A different text is written to
/// <c>Name.received.txt</c> and fails the test; renaming the file, or running with <c>DISCREET_ACCEPT=1</c>, accepts it.
/// </summary>
public static class Snapshot
{
    /// <summary>Compares a text with <c>{TestClass}.{name}.verified.txt</c> in the folder of the calling source file.</summary>
    /// <exception cref="SnapshotException">The texts differ, or nothing was accepted yet.</exception>
    public static void Verify(string text, [CallerMemberName] string name = "", [CallerFilePath] string sourceFile = "")
    {
        string folder = Path.GetDirectoryName(sourceFile) ?? "";
        string stem = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(sourceFile)}.{name}");
        VerifyFile(text, stem + ".verified.txt", stem + ".received.txt");
    }

    /// <summary>Compares a text with a named file.</summary>
    /// <exception cref="SnapshotException">The texts differ, or nothing was accepted yet.</exception>
    public static void VerifyFile(string text, string verifiedFile, string receivedFile)
    {
        string received = Normalise(text);
        string? verified = File.Exists(verifiedFile) ? Normalise(File.ReadAllText(verifiedFile)) : null;
        if (verified == received)
        {
            File.Delete(receivedFile);
            return;
        }

        if (Environment.GetEnvironmentVariable("DISCREET_ACCEPT") == "1")
        {
            File.WriteAllText(verifiedFile, received);
            return;
        }

        File.WriteAllText(receivedFile, received);
        throw new SnapshotException(Describe(verified, received, verifiedFile, receivedFile));
    }

    private static string Normalise(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";

    private static string Describe(string? verified, string received, string verifiedFile, string receivedFile)
    {
        if (verified is null)
        {
            return $"Nothing was accepted yet. Read {receivedFile}, then rename it to {verifiedFile}.";
        }

        string[] expected = verified.Split('\n');
        string[] actual = received.Split('\n');
        int line = 0;
        while (line < expected.Length && line < actual.Length && expected[line] == actual[line])
        {
            line++;
        }

        return $"""
            Line {line + 1} differs from {verifiedFile}.
              accepted: {expected.ElementAtOrDefault(line) ?? "(end)"}
              received: {actual.ElementAtOrDefault(line) ?? "(end)"}
            If the change is intended, rename {receivedFile}.
            """;
    }
}
