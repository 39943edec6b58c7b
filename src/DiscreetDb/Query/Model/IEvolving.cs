using System.Collections.Immutable;

namespace DiscreetDb.Query.Model;

/// <summary>Something of a model that later models know by its names: an entity by canonical names, a field by its own.</summary>
internal interface IEvolving
{
    /// <summary>The name it has now.</summary>
    string CurrentName { get; }

    /// <summary>All older names, newest first.</summary>
    ImmutableArray<string> FormerNames { get; }

    /// <summary>The oldest name: what the log carries.</summary>
    string LogName { get; }

    /// <summary>Whether the next model may leave it out.</summary>
    bool IsDeprecated { get; }
}
