namespace DiscreetDb.Tidy.Tests.Floors;

/// <summary>Which part of the source stands on which floor. A part may use its own floor's lower neighbours and everything below.</summary>
internal static class FloorMap
{
    /// <summary>Height of a project; references go from higher to lower only.</summary>
    public static readonly Dictionary<string, int> Projects = new()
    {
        ["DiscreetDb.Core"] = 0,
        ["DiscreetDb.Language"] = 10,
        ["DiscreetDb.Network"] = 10,
        ["DiscreetDb"] = 50,
        ["DiscreetDb.AspNetCore"] = 60,
        ["DiscreetDb.Cli"] = 60,
    };

    /// <summary>
    /// Height of a namespace. Storage stands below Query, which runs its plans on it; Mutation stands above Log, whose
    /// batches it fills.
    /// </summary>
    public static readonly Dictionary<string, int> Namespaces = new()
    {
        ["DiscreetDb.Core"] = 0,
        ["DiscreetDb.Language"] = 10,
        ["DiscreetDb.Network"] = 10,
        ["DiscreetDb.Storage"] = 20,
        ["DiscreetDb.Query"] = 25,
        ["DiscreetDb.Rooms"] = 30,
        ["DiscreetDb.Log"] = 32,
        ["DiscreetDb.Mutation"] = 35,
        ["DiscreetDb.Sync"] = 40,
        ["DiscreetDb.Events"] = 45,
        ["DiscreetDb.Results"] = 45,
        ["DiscreetDb.Telemetry"] = 45,
    };

    /// <summary>The entry with the longest prefix of a namespace; null for what is not ours and for the public namespace itself.</summary>
    public static string? FindNamespace(string name) => Namespaces.Keys
        .Where(n => name == n || name.StartsWith(n + ".", StringComparison.Ordinal))
        .MaxBy(n => n.Length);
}
