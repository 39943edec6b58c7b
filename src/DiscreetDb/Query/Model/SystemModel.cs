using System.Collections.Immutable;
using System.Diagnostics;
using DiscreetDb.Language.Model;

namespace DiscreetDb.Query.Model;

/// <summary>
/// The entities of the namespace <c>sys</c> (dialect §3.6), read once from <c>schema/system.model</c>. They refer to each
/// other only, so every data model shares these objects, at the same positions.
/// </summary>
internal static class SystemModel
{
    private const string ResourceName = "system.model";

    /// <summary>The entities in order of declaration.</summary>
    public static ImmutableArray<Entity> Entities { get; } = Read();

    private static ImmutableArray<Entity> Read()
    {
        using Stream stream = typeof(SystemModel).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new UnreachableException($"The resource {ResourceName} is part of this assembly.");
        byte[] utf8 = new byte[stream.Length];
        stream.ReadExactly(utf8);
        DataModel model = new ModelAssembler(ModelParser.Parse(utf8), []).Assemble(version: 0);
        SystemFields.SysPeer.Target = model.FindCanonical("sys.Peer");
        SystemFields.SysRoom.Target = model.FindCanonical("sys.Room");
        return model.Entities;
    }
}
