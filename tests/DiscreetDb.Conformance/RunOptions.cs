namespace DiscreetDb.Conformance;

/// <summary>What the command line asks for.</summary>
internal sealed record RunOptions
{
    public required string Folder { get; init; }

    /// <summary>Only suites of this name.</summary>
    public string? Suite { get; init; }

    /// <summary>Only cases whose name contains this text.</summary>
    public string? Case { get; init; }

    /// <summary>Keeps every case in a folder, also those that never restart.</summary>
    public bool OnDisk { get; init; }

    /// <summary>Null for a command line that makes no sense.</summary>
    public static RunOptions? Parse(string[] args)
    {
        if (args is not [var folder, ..] || folder.StartsWith('-') || !Directory.Exists(folder))
        {
            return null;
        }

        var options = new RunOptions { Folder = folder };
        for (int i = 1; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--suite" when i + 1 < args.Length:
                    options = options with { Suite = args[++i] };
                    break;
                case "--case" when i + 1 < args.Length:
                    options = options with { Case = args[++i] };
                    break;
                case "--on-disk":
                    options = options with { OnDisk = true };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
