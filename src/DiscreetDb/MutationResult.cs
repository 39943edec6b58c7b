namespace DiscreetDb;

/// <summary>The answer of a mutation: UTF-8 JSON, one object per root with the ids of its rows.</summary>
/// <example>
/// <code>
/// MutationResult result = await app.MutateAsync("mutate { chat.Message { content: $text } }", new() { ["text"] = "hello" });
/// string id = result.TakeObject&lt;Message&gt;("chat.Message").Id;
/// </code>
/// </example>
public sealed class MutationResult : JsonResult
{
    internal MutationResult(ReadOnlyMemory<byte> utf8, IReadOnlyList<CommitReceipt> commits)
        : base(utf8)
    {
        Commits = commits;
    }

    /// <summary>The commits the document became: one per room, more beyond the bounds of a commit, none if nothing changed.</summary>
    public IReadOnlyList<CommitReceipt> Commits { get; }
}
