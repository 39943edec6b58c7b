using System.Globalization;
using System.Runtime.InteropServices;

namespace DiscreetDb.Benchmarks;

/// <summary>What the figures were measured on: they mean little without it.</summary>
internal static class Machine
{
    private const string ProcessorFile = "/proc/cpuinfo";
    private const string LoadFile = "/proc/loadavg";

    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor()}, {Environment.ProcessorCount} cores; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}; SQLite {Storage.SqliteLibrary.SqliteVersion} in SQLCipher");

    /// <summary>How many programs wanted to run during the last five minutes, on average; null where the system does not say.</summary>
    public static string? Load() => File.Exists(LoadFile) ? File.ReadAllText(LoadFile).Split(' ')[1] : null;

    private static string Processor() => File.Exists(ProcessorFile)
        ? File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor"
        : RuntimeInformation.ProcessArchitecture.ToString();
}
