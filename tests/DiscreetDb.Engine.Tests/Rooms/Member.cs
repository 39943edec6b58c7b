using System.Text;
using System.Text.Json;
using DiscreetDb.Core;
using DiscreetDb.EngineTests.Log;
using DiscreetDb.Language;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Log;
using DiscreetDb.Mutation;
using DiscreetDb.Query.Parameters;
using DiscreetDb.Rooms;

namespace DiscreetDb.EngineTests.Rooms;

/// <summary>A user with one device who mutates, and takes what others wrote, without queue or network.</summary>
internal sealed class Member : IDisposable
{
    private const string Model = "team { Note { text: String, tags: [team.Tag] nullable } Tag { word: String } Task { title: String, place: sys.Room nullable } }";

    public Member(string user, int device)
    {
        Peer = new LogPeer(user, device, Model);
    }

    public LogPeer Peer { get; }

    public VerifyingKey Key => Peer.User.VerifyingKey;

    /// <summary>What texts know by name.</summary>
    public Parameters Names { get; } = new();

    public JsonElement Mutate(string text, MutationOptions? options = null) => Peer.Write(transaction =>
    {
        WriteTables tables = new(Peer.Log.Model);
        MutationPlan plan = MutationResolver.Resolve(DialectParser.ParseMutation(Encoding.UTF8.GetBytes(text)), tables);
        Value[] variables = ParameterBinder.Bind(plan.Variables, Names);
        CommitBatch batch = Peer.Log.Begin(transaction);
        Uid[] ids = MutationExecutor.Execute(plan, variables, Context(plan.Source, tables, batch, options));
        ReadOnlyMemory<byte> answer = MutationAnswer.Write(plan, variables, ids);
        Commits = batch.Complete();
        return JsonElement.Parse(answer.Span);
    });

    /// <summary>What the last mutation became.</summary>
    public IReadOnlyList<CommitSummary> Commits { get; private set; } = [];

    public DiscreetException Fails(string text, MutationOptions? options = null) => Assert.Throws<DiscreetException>(() => Mutate(text, options));

    public void Delete(string text) => Peer.Write(transaction =>
    {
        WriteTables tables = new(Peer.Log.Model);
        DeletionPlan plan = DeletionResolver.Resolve(DialectParser.ParseDeletion(Encoding.UTF8.GetBytes(text)), tables);
        CommitBatch batch = Peer.Log.Begin(transaction);
        DeletionExecutor.Execute(plan, ParameterBinder.Bind(plan.Variables, Names), Context(plan.Source, tables, batch, null));
        return batch.Complete();
    });

    /// <summary>Takes the rights and then the rows another member wrote in a room; answers what became of those that were not here.</summary>
    public IReadOnlyList<CommitFault> Take(Member other, Uid room)
    {
        List<CommitFault> faults = [];
        foreach (CommitKind kind in new[] { CommitKind.Rights, CommitKind.Data })
        {
            foreach (SentCommit commit in other.Peer.Sent(room, kind))
            {
                ApplyOutcome outcome = Peer.Apply(commit);
                if (!outcome.IsDuplicate)
                {
                    faults.Add(outcome.Fault);
                }
            }
        }

        return faults;
    }

    /// <summary>The definition now, as it is resolved here.</summary>
    public RightsView View(Uid room) => Peer.Log.Rights.Find(room)!.Graph.Current;

    /// <summary>The operations of the newest rights commit this device wrote.</summary>
    public IReadOnlyList<RightsOperation> LastRights(Uid room) =>
        new RightsLogReader(Peer.Log.Store).Read(room).Last(commit => commit.Device == Peer.Device).Operations;

    /// <summary>The rows of an entity, each as the columns asked for, in ordinal order.</summary>
    public IReadOnlyList<string> Rows(string table, params string[] columns)
    {
        using DiscreetDb.Storage.Statement statement = Peer.Connection.Prepare(
            $"SELECT {string.Join(", ", columns.Select(column => $"CAST(\"{column}\" AS TEXT)"))} FROM \"{table}\"");
        List<string> rows = [];
        while (statement.Step())
        {
            rows.Add(string.Join('|', columns.Select((_, i) => Encoding.UTF8.GetString(statement.GetText(i)))));
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    public void Dispose() => Peer.Dispose();

    private MutationContext Context(SourceText source, WriteTables tables, CommitBatch batch, MutationOptions? options) => new(
        source, Key, new RowReader(Peer.Connection, tables), batch, Peer.Log.Rights, new WriteCondition(options?.IfMdate));
}
