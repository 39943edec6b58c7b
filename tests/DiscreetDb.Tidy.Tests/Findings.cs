namespace DiscreetDb.Tidy.Tests;

/// <summary>An assertion that shows every finding whole; the usual ones cut lists and texts.</summary>
internal static class Findings
{
    public static void AssertNone(IEnumerable<string> findings)
    {
        string[] all = [.. findings];
        Assert.True(all.Length == 0, $"{all.Length} findings:\n{string.Join('\n', all)}");
    }
}
