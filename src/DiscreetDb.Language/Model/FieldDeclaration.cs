using DiscreetDb.Language.Dialect;

namespace DiscreetDb.Language.Model;

/// <summary><c>@was(old) name: Type</c>.</summary>
internal sealed record FieldDeclaration(Name Name, Annotations Annotations, TypeSyntax Type);
