using System.Globalization;

namespace DiscreetDb.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchOptions
{
    /// <summary>Where the figures are written as JSON.</summary>
    public string? JsonFile { get; init; }

    /// <summary>Where the figures are written as a page of the documentation.</summary>
    public string? MarkdownFile { get; init; }

    /// <summary>The page exists: this run becomes another table of it.</summary>
    public bool Append { get; init; }

    /// <summary>Within three minutes: fewer rounds, no million rows.</summary>
    public bool Quick { get; init; }

    /// <summary>Only figures whose name contains one of these; empty: all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Interleaved runs of which the median counts.</summary>
    public int Rounds { get; init; } = 5;

    public int SmallCount => 10_000;

    public int MiddleCount => 100_000;

    public int LargeCount => 1_000_000;

    public bool Wants(string figure) => Only.Count == 0 || Only.Any(part => figure.Contains(part, StringComparison.Ordinal));

    public bool WantsAny(IReadOnlyList<string> figures) => figures.Any(Wants);

    /// <summary>Null for a command line that makes no sense.</summary>
    public static BenchOptions? Parse(string[] args)
    {
        var options = new BenchOptions();
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--json" when i + 1 < args.Length:
                    options = options with { JsonFile = args[++i] };
                    break;
                case "--markdown" when i + 1 < args.Length:
                    options = options with { MarkdownFile = args[++i] };
                    break;
                case "--append":
                    options = options with { Append = true };
                    break;
                case "--only" when i + 1 < args.Length:
                    options = options with { Only = args[++i].Split(',', StringSplitOptions.RemoveEmptyEntries) };
                    break;
                case "--rounds" when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int rounds):
                    options = options with { Rounds = rounds };
                    i++;
                    break;
                case "--quick":
                    options = options with { Quick = true, Rounds = 3 };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
