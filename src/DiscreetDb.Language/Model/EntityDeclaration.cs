using System.Collections.Immutable;
using DiscreetDb.Language.Dialect;

namespace DiscreetDb.Language.Model;

/// <summary><c>@was(old) Name(no_full_text_index) { entries }</c>.</summary>
internal sealed record EntityDeclaration(
    Name Name,
    Annotations Annotations,
    bool HasFullText,
    ImmutableArray<FieldDeclaration> Fields,
    ImmutableArray<IndexDeclaration> Indexes);
