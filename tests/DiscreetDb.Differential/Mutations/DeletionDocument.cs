using DiscreetDb.Differential.Data;
using DiscreetDb.Differential.Models;

namespace DiscreetDb.Differential.Mutations;

/// <summary>A generated <c>delete</c> text.</summary>
internal sealed record DeletionDocument(IReadOnlyList<DeletionRoot> Roots)
{
    public GeneratedText Print()
    {
        var variables = new Variables();
        string roots = string.Join("\n  ", Roots.Select(r => Print(r, variables)));
        return new GeneratedText($"delete {{\n  {roots}\n}}", variables.Values);
    }

    /// <summary>Dialect §8 on dictionaries.</summary>
    public void Apply(DataStore store, long now)
    {
        foreach (DeletionRoot root in Roots)
        {
            if (store.Find(root.Entity.Key, root.Id) is not { } row)
            {
                continue;
            }

            if (root.Links.Count == 0)
            {
                store.Remove(row);
                continue;
            }

            foreach ((FieldSpec field, IReadOnlyList<byte[]> targets) in root.Links)
            {
                if (row.LinksOf(field.Key).RemoveAll(t => targets.Any(id => t.Id!.AsSpan().SequenceEqual(id))) > 0)
                {
                    row.Modified = now;
                }
            }
        }
    }

    private static string Print(DeletionRoot root, Variables variables)
    {
        string id = variables.Add(root.Id);
        IEnumerable<string> links = root.Links.Select(l => $" {l.Field.Name}[{string.Join(", ", l.Targets.Select(t => variables.Add(t)))}]");
        return $"{root.Entity.QualifiedName} {{ {id}{string.Concat(links)} }}";
    }
}

/// <summary>A row, or with lists only these links of it.</summary>
internal sealed record DeletionRoot(EntitySpec Entity, byte[] Id, IReadOnlyList<(FieldSpec Field, IReadOnlyList<byte[]> Targets)> Links);
