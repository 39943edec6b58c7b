using DiscreetDb.Query.Plans.Rendering;

namespace DiscreetDb.Query.Plans;

/// <summary>One member of the objects a node writes: the bytes before its value, and a renderer or a nested node.</summary>
internal sealed class PlanField
{
    public PlanField(byte[] prefix, ColumnRenderer renderer)
    {
        Prefix = prefix;
        Renderer = renderer;
    }

    public PlanField(byte[] prefix, PlanNode child)
    {
        Prefix = prefix;
        Child = child;
    }

    /// <summary>Brace or comma, key and colon.</summary>
    public byte[] Prefix { get; }

    /// <summary>Null for a nested node.</summary>
    public ColumnRenderer? Renderer { get; }

    /// <summary>Null for a column.</summary>
    public PlanNode? Child { get; }
}
