using DiscreetDb.Events;
using DiscreetDb.Storage;

namespace DiscreetDb.EngineTests.Events;

public sealed class EventTests
{
    private static readonly Uid Room = new([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

    private readonly EventHub _hub = new();

    [Fact]
    public async Task A_change_names_rooms_and_entities_once_and_in_order()
    {
        EventSubscription subscription = Subscribe();

        _hub.Publish(Changes((Room, "b.Cat"), (Room, "a.Dog"), (Room, "b.Cat"), (null, "b.Cat")));

        DiscreetEvent.DataChanged changed = await ReadChange(subscription);
        Assert.True(changed.IsComplete);
        Assert.Equal([Room.ToString(), null], changed.Rooms.Select(room => room.RoomId));
        Assert.Equal(["a.Dog", "b.Cat"], changed.Rooms[0].Entities);
        Assert.True(changed.Concerns("a.Dog"));
        Assert.True(changed.Concerns("b.Cat", null));
        Assert.False(changed.Concerns("a.Dog", null));
        Assert.False(changed.Concerns("c.Cow"));
    }

    [Fact]
    public async Task Changes_that_were_not_read_merge()
    {
        EventSubscription subscription = Subscribe();

        for (int i = 0; i < 100_000; i++)
        {
            _hub.Publish(Changes((null, i % 2 == 0 ? "a.Dog" : "b.Cat")));
        }

        Assert.Equal(["a.Dog", "b.Cat"], (await ReadChange(subscription)).Rooms.Single().Entities);
        Assert.False(Waits(subscription));
    }

    [Fact]
    public async Task More_changes_than_the_limit_become_anything_may_have_changed()
    {
        EventSubscription subscription = Subscribe();

        _hub.Publish(Changes([.. Enumerable.Range(0, Limits.ChangedEntityCount + 1).Select(i => ((Uid?)null, $"a.E{i}"))]));

        DiscreetEvent.DataChanged changed = await ReadChange(subscription);
        Assert.False(changed.IsComplete);
        Assert.Empty(changed.Rooms);
        Assert.True(changed.Concerns("whatever"));
    }

    [Fact]
    public async Task Of_the_other_events_the_newest_are_kept_and_the_loss_is_told()
    {
        EventSubscription subscription = Subscribe();
        _hub.Publish(Changes((null, "a.Dog")));

        for (int i = 0; i < Limits.EventQueueLength + 3; i++)
        {
            _hub.Publish(new DiscreetEvent.DataModelChanged(i));
        }

        Assert.Equal(new DiscreetEvent.EventsMissed(3), await Read(subscription));
        await ReadChange(subscription);
        for (int i = 3; i < Limits.EventQueueLength + 3; i++)
        {
            Assert.Equal(new DiscreetEvent.DataModelChanged(i), await Read(subscription));
        }

        Assert.False(Waits(subscription));
    }

    [Fact]
    public async Task Each_subscriber_has_its_own_events()
    {
        EventSubscription one = Subscribe();
        EventSubscription other = Subscribe();
        _hub.Publish(Changes((null, "a.Dog")));

        await ReadChange(one);

        await ReadChange(other);
    }

    [Fact]
    public async Task What_was_published_before_the_end_is_read_and_then_the_events_end()
    {
        EventSubscription subscription = Subscribe();
        _hub.Publish(Changes((null, "a.Dog")));

        _hub.Close();

        await ReadChange(subscription);
        Assert.Null(await Read(subscription));
    }

    [Fact]
    public async Task A_subscriber_of_a_closed_hub_gets_nothing()
    {
        _hub.Close();

        Assert.Null(await Read(Subscribe()));
    }

    [Fact]
    public void A_transaction_without_changes_is_no_event()
    {
        EventSubscription subscription = Subscribe();

        _hub.Publish(new ChangeSet());

        Assert.False(Waits(subscription));
    }

    [Fact]
    public async Task A_sequence_listens_from_its_creation_on()
    {
        EventSequence sequence = new(_hub, CancellationToken.None);
        _hub.Publish(Changes((null, "a.Dog")));

        await using IAsyncEnumerator<DiscreetEvent> events = sequence.GetAsyncEnumerator(CancellationToken.None);

        Assert.True(await events.MoveNextAsync());
        Assert.IsType<DiscreetEvent.DataChanged>(events.Current);
    }

    [Fact]
    public async Task A_live_query_that_has_not_read_yet_wakes_once_for_many_changes()
    {
        LiveQuerySubscription subscription = new();
        _hub.Add(subscription);
        Task<bool> waiting = subscription.WaitAsync(CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);

        _hub.Publish(Changes((null, "a.Dog")));
        Assert.True(await waiting);
        _hub.Publish(Changes((null, "a.Dog")));
        _hub.Publish(Changes((null, "b.Cat")));
        _hub.Close();

        Assert.True(await subscription.WaitAsync(CancellationToken.None));
        Assert.False(await subscription.WaitAsync(CancellationToken.None));
    }

    private EventSubscription Subscribe()
    {
        EventSubscription subscription = new();
        _hub.Add(subscription);
        return subscription;
    }

    private static ChangeSet Changes(params (Uid? Room, string Entity)[] rows)
    {
        ChangeSet changes = new();
        foreach ((Uid? room, string entity) in rows)
        {
            changes.Add(entity, room, Uid.Zero, ChangeKind.Inserted);
        }

        return changes;
    }

    private static async Task<DiscreetEvent?> Read(EventSubscription subscription) => await subscription.ReadAsync(CancellationToken.None);

    private static async Task<DiscreetEvent.DataChanged> ReadChange(EventSubscription subscription) =>
        Assert.IsType<DiscreetEvent.DataChanged>(await Read(subscription));

    private static bool Waits(EventSubscription subscription) => subscription.ReadAsync(CancellationToken.None).AsTask().IsCompleted;
}
