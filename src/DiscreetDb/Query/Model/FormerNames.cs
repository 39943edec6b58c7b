using System.Collections.Immutable;
using DiscreetDb.Language;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Language.Model;

namespace DiscreetDb.Query.Model;

/// <summary>
/// What <c>@was</c> may say inside one text (dialect §4): no former name is still declared, none is claimed twice. So
/// every name, former or present, leads to one thing.
/// </summary>
internal sealed class FormerNames(SourceText source, IReadOnlySet<string> declaredNames)
{
    private readonly HashSet<string> _claimed = new(StringComparer.Ordinal);

    /// <summary>The former names of one declaration.</summary>
    /// <exception cref="DiscreetException">InvalidRename.</exception>
    public ImmutableArray<string> Check(Annotations annotations, Func<QualifiedName, string> nameOf)
    {
        if (annotations.FormerNames.IsEmpty)
        {
            return [];
        }

        var names = ImmutableArray.CreateBuilder<string>(annotations.FormerNames.Length);
        foreach (QualifiedName former in annotations.FormerNames)
        {
            names.Add(Claim(nameOf(former), former.Span));
        }

        return names.MoveToImmutable();
    }

    private string Claim(string name, SourceSpan span)
    {
        if (declaredNames.Contains(name))
        {
            throw source.Error(
                ErrorCode.InvalidRename, span, $"`@was({name})` names something that is still declared; remove one of them.");
        }

        return _claimed.Add(name)
            ? name
            : throw source.Error(ErrorCode.InvalidRename, span, $"`@was({name})` stands twice; one thing only has had that name.");
    }
}
