using System.Text;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Mutation;

/// <summary>
/// From a mutation document to its plan (dialect §7): binds every name to one model version and finds everything that can
/// be wrong without looking at a row.
/// </summary>
internal static class MutationResolver
{
    /// <exception cref="DiscreetException">With a location, for everything that is wrong with names, types and literals.</exception>
    public static MutationPlan Resolve(MutationDocument document, WriteTables tables)
    {
        ObjectResolver objects = new(document.Source);
        List<MutationRootNode> roots = new(document.Roots.Length);
        // That keys are unique and no alias begins with an underscore, the parser has seen to.
        foreach (MutationRoot root in document.Roots)
        {
            Entity entity = tables.Model.ResolveEntity(root.Entity, document.Source);
            MutationNode node = objects.Resolve(entity, root.Object, root.Entity.Span);
            roots.Add(new MutationRootNode(Encoding.UTF8.GetBytes(root.Alias?.Text ?? root.Entity.AsTyped), node));
        }

        return new MutationPlan
        {
            Tables = tables,
            Source = document.Source,
            Roots = [.. roots],
            AnswerOrder = [.. Enumerable.Range(0, roots.Count).OrderBy(index => roots[index].Key, Utf8Order.Instance)],
            NodeCount = objects.NodeCount,
            Variables = objects.Variables,
            RoomDefinition = objects.RoomDefinition,
        };
    }
}
