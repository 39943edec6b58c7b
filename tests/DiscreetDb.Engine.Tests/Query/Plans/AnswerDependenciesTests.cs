using DiscreetDb.Query.Plans;
using DiscreetDb.Storage;

namespace DiscreetDb.EngineTests.Query.Plans;

public class AnswerDependenciesTests
{
    private static readonly Uid Room = new([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    private static readonly Uid Other = new([2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

    [Theory]
    [InlineData("query { Memo { text } }", "Memo", true)]
    [InlineData("query { Memo { text } }", "harbour.Boat", false)]
    [InlineData("query { harbour.Boat { name owners { nick } } }", "harbour.Owner", true)]
    [InlineData("query { harbour.Boat { sys_peer { name } } }", "sys.Peer", true)]
    [InlineData("query { harbour.Boat(home = null) { name } }", "harbour.Berth", true)]
    [InlineData("query { harbour.Boat(name = \"x\") { n: count() } }", "harbour.Boat", true)]
    public void An_answer_depends_on_the_entities_it_reads(string query, string entity, bool expected)
    {
        using QueryDatabase database = new(HarbourModel.Text);

        Assert.Equal(expected, Run(database, query).AreMetBy(Change(entity, Room)));
    }

    [Fact]
    public void A_filter_that_fixes_the_room_leaves_out_the_others()
    {
        using QueryDatabase database = new(HarbourModel.Text);

        AnswerDependencies one = Run(database, "query { Memo(room_id = $room) { text } }", new() { ["room"] = Room });
        AnswerDependencies local = Run(database, "query { Memo(room_id = $room) { text } }", new() { ["room"] = null });
        AnswerDependencies any = Run(database, "query { a: Memo(room_id = $room) { text } b: Memo { text } }", new() { ["room"] = Room });

        Assert.True(one.AreMetBy(Change("Memo", Room)));
        Assert.False(one.AreMetBy(Change("Memo", Other)));
        Assert.False(one.AreMetBy(Change("Memo", null)));
        Assert.True(local.AreMetBy(Change("Memo", null)));
        Assert.False(local.AreMetBy(Change("Memo", Room)));
        Assert.True(any.AreMetBy(Change("Memo", Other)));
    }

    private static AnswerDependencies Run(QueryDatabase database, string query, Parameters? parameters = null) =>
        database.Pipeline.Run(query, parameters, CancellationToken.None).Dependencies;

    private static ChangeSet Change(string entity, Uid? room)
    {
        ChangeSet changes = new();
        changes.Add(entity, room, Other, ChangeKind.Updated);
        return changes;
    }
}
