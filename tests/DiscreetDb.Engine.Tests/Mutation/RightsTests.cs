using System.Text;
using DiscreetDb.Core;
using DiscreetDb.EngineTests.Log;
using DiscreetDb.Language;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Mutation;
using DiscreetDb.Query.Parameters;
using DiscreetDb.Rooms;

namespace DiscreetDb.EngineTests.Mutation;

/// <summary>Dialect §7.7: which right each operation asks for, and that one refusal takes the whole document back.</summary>
public sealed class RightsTests : IDisposable
{
    private readonly ChosenRights _rights = new();
    private readonly LogPeer _peer;
    private readonly WriteTables _tables;
    private readonly Parameters _ids = new();

    public RightsTests()
    {
        _peer = new LogPeer(model: "{ N { k: String, one: N nullable, many: [N] nullable } }", rights: _rights);
        _tables = new WriteTables(_peer.Log.Model);
        _ids["room"] = _rights.Room;
        _ids["other"] = _peer.Room;
        Add("shared", _rights.Room);
        Add("source", _rights.Room);
        Add("local", null);
    }

    [Theory]
    [InlineData(nameof(RightsAction.Insert), "mutate { N { room_id: $room k: \"x\" } }")]
    [InlineData(nameof(RightsAction.Insert), "mutate { N { k: \"x\" one: { room_id: $room k: \"y\" } } }")]
    [InlineData(nameof(RightsAction.Insert), "mutate { N { id: $local room_id: $room } }")]
    [InlineData(nameof(RightsAction.Update), "mutate { N { id: $shared k: \"x\" } }")]
    [InlineData(nameof(RightsAction.Update), "mutate { N { id: $shared one: { id: $local } } }")]
    [InlineData(nameof(RightsAction.Update), "mutate { N { id: $shared many: [{ id: $local }] } }")]
    [InlineData(nameof(RightsAction.Update), "mutate { N { id: $local one: { id: $shared k: \"x\" } } }")]
    [InlineData(nameof(RightsAction.Update), "mutate { a: N { k: \"x\" } b: N { id: $shared k: \"y\" } }")]
    [InlineData(nameof(RightsAction.Delete), "mutate { N { id: $shared room_id: $other } }")]
    [InlineData(nameof(RightsAction.Delete), "mutate { N { id: $shared room_id: null } }")]
    public void A_mutation_without_its_right_is_refused_whole(string refused, string text)
    {
        string before = Dump();
        _rights.Refused.Add(Enum.Parse<RightsAction>(refused));

        DiscreetException error = Assert.Throws<DiscreetException>(() => Mutate(text));

        Assert.Equal(ErrorCode.AuthorisationRejected, error.Code);
        Assert.Contains(_rights.Room.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Dump());
    }

    [Theory]
    [InlineData("mutate { N { id: $shared } }")]
    [InlineData("mutate { N { id: $shared room_id: $room } }")]
    [InlineData("mutate { N { id: $shared one: null many: null } }")]
    [InlineData("mutate { N { id: $local one: { id: $shared } many: [{ id: $shared }] } }")]
    [InlineData("mutate { N { k: \"x\" one: { id: $shared } } }")]
    public void A_reference_needs_no_right_whatever_room_its_row_is_in(string text)
    {
        _rights.Refused.UnionWith([RightsAction.Insert, RightsAction.Update, RightsAction.Delete]);

        Mutate(text);
    }

    [Fact]
    public void Making_a_row_local_needs_the_right_to_delete_only()
    {
        _rights.Refused.UnionWith([RightsAction.Insert, RightsAction.Update]);

        Mutate("mutate { N { id: $shared room_id: null } }");
    }

    [Theory]
    [InlineData("one", "mutate { N { id: $source one: { id: $local } } }")]
    [InlineData("many", "mutate { N { id: $source many: [{ id: $local }] } }")]
    public void Links_to_a_moved_row_follow_where_their_source_may_be_updated(string relation, string link)
    {
        Mutate(link);

        Uid moved = Mutate("mutate { N { id: $local room_id: $other } }")[0];

        Assert.Equal([moved], Targets(relation));
    }

    [Theory]
    [InlineData("many", "mutate { N { id: $source many: [{ id: $local }] } }")]
    [InlineData("one", "mutate { N { id: $source one: { id: $local } } }")]
    public void Links_to_a_moved_row_do_not_follow_where_their_source_may_not_be_updated(string relation, string link)
    {
        Mutate(link);
        _rights.Refused.Add(RightsAction.Update);

        Uid moved = Mutate("mutate { N { id: $local room_id: $other } }")[0];

        Assert.DoesNotContain(moved, Targets(relation));
    }

    [Theory]
    [InlineData(nameof(RightsAction.Delete), "delete { a: N { $local } b: N { $shared } }")]
    [InlineData(nameof(RightsAction.Update), "delete { a: N { $local } b: N { $source many[$local, $shared] } }")]
    public void A_deletion_without_its_right_is_refused_whole(string refused, string text)
    {
        Mutate("mutate { N { id: $source many: [{ id: $shared }] } }");
        string before = Dump();
        _rights.Refused.Add(Enum.Parse<RightsAction>(refused));

        Assert.Equal(ErrorCode.AuthorisationRejected, Assert.Throws<DiscreetException>(() => Delete(text)).Code);
        Assert.Equal(before, Dump());
    }

    [Fact]
    public void Removing_a_link_that_is_not_there_needs_no_right()
    {
        string before = Dump();
        _rights.Refused.UnionWith([RightsAction.Insert, RightsAction.Update, RightsAction.Delete]);

        Delete("delete { N { $source many[$local] } }");

        Assert.Equal(before, Dump());
    }

    [Fact]
    public void A_refusal_names_the_right_that_is_missing()
    {
        _rights.Refused.Add(RightsAction.Update);

        DiscreetException error = Assert.Throws<DiscreetException>(() => Mutate("mutate { N { id: $shared k: \"x\" } }"));

        Assert.Contains("`mutate_self`", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 1, column 18", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _peer.Dispose();

    private void Add(string key, Uid? room) => _ids[key] = _peer.Insert("N", room, ("k", Value.Text(key)));

    private Uid[] Mutate(string text)
    {
        MutationPlan plan = MutationResolver.Resolve(DialectParser.ParseMutation(Encoding.UTF8.GetBytes(text)), _tables);
        Value[] variables = ParameterBinder.Bind(plan.Variables, _ids);
        return Run(plan.Source, context => MutationExecutor.Execute(plan, variables, context));
    }

    private void Delete(string text)
    {
        DeletionPlan plan = DeletionResolver.Resolve(DialectParser.ParseDeletion(Encoding.UTF8.GetBytes(text)), _tables);
        Value[] variables = ParameterBinder.Bind(plan.Variables, _ids);
        Run(plan.Source, context =>
        {
            DeletionExecutor.Execute(plan, variables, context);
            return 0;
        });
    }

    private T Run<T>(SourceText source, Func<MutationContext, T> work) => _peer.Batch(batch => work(new MutationContext(
        source, _peer.User.VerifyingKey, new RowReader(_peer.Connection, _tables), batch, _rights, new WriteCondition(null))));

    private List<Uid> Targets(string relation)
    {
        RowReader reader = new(_peer.Connection, _tables);
        Uid source = Uid.Parse(IdOf("source"));
        if (relation == "many")
        {
            return reader.Links(_peer.Entity("N"), source, _peer.Entity("N").FindField(relation)!);
        }

        return reader.Reference(_peer.Entity("N"), source, _peer.Entity("N").FindField(relation)!) is { } target ? [target] : [];
    }

    private string IdOf(string key) =>
        ((IParameterSource)_ids).TryGet(key, out Value id) ? id.ToString() : throw new InvalidOperationException($"No row {key}.");

    /// <summary>Every row and link, with everything a change would touch.</summary>
    private string Dump()
    {
        StringBuilder text = new();
        using DiscreetDb.Storage.Statement rows = _peer.Connection.Prepare(
            """SELECT hex(id), hex(room_id), k, hex(one), mdate, "$newest" FROM "N" ORDER BY id""");
        while (rows.Step())
        {
            text.AppendJoin('|', Enumerable.Range(0, 6).Select(column => Encoding.UTF8.GetString(rows.GetText(column)))).Append('\n');
        }

        using DiscreetDb.Storage.Statement links = _peer.Connection.Prepare("""SELECT hex(src), hex(dest) FROM "N.many" ORDER BY src, dest""");
        while (links.Step())
        {
            text.AppendJoin('>', Enumerable.Range(0, 2).Select(column => Encoding.UTF8.GetString(links.GetText(column)))).Append('\n');
        }

        return text.ToString();
    }
}
