using DiscreetDb.Query.Model;

namespace DiscreetDb.Query.Ir;

/// <summary>Where rows come from. The hierarchy is closed.</summary>
internal abstract record Source
{
    /// <summary>All rows of the entity.</summary>
    internal sealed record AllRows : Source;

    /// <summary>The target of a single relation of the parent.</summary>
    internal sealed record Reference(Field Field) : Source;

    /// <summary>The targets of a multiple relation of the parent.</summary>
    internal sealed record Links(Field Field) : Source;

    /// <summary>A virtual single relation of the parent: <c>sys_peer</c> or <c>sys_room</c>.</summary>
    internal sealed record SystemLink(SystemField Field) : Source;

    /// <inheritdoc />
    public sealed override string ToString() => IrText.Of(this);
}
