using DiscreetDb.Language.Dialect;

namespace DiscreetDb.Language.Model;

/// <summary>The type of a field as written. The hierarchy is closed.</summary>
internal abstract record TypeSyntax(bool IsNullable)
{
    /// <summary><c>Integer</c>, <c>Integer nullable</c> or <c>Integer default 1</c>.</summary>
    internal sealed record Scalar(ScalarType Type, bool IsNullable, SyntaxValue? Default) : TypeSyntax(IsNullable);

    /// <summary><c>ns.Entity</c>: at most one row.</summary>
    internal sealed record Reference(QualifiedName Target, bool IsNullable) : TypeSyntax(IsNullable);

    /// <summary><c>[ns.Entity]</c>: any number of rows.</summary>
    internal sealed record Links(QualifiedName Target, bool IsNullable) : TypeSyntax(IsNullable);
}
