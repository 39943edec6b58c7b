using DiscreetDb.Network.Tests.Handshakes;

namespace DiscreetDb.Network.Tests.Discovery;

public sealed class MeetingTokensTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TestDevice _a = new(0, 0);
    private readonly TestDevice _b = new(1, 0);
    private readonly TestDevice _c = new(2, 0);

    [Fact]
    public void A_token_is_that_of_the_wire_page()
    {
        byte[] token = MeetingTokens.Of(_a.SecretWith(_b), 20_454).ToByteArray();

        Assert.Equal("813b1639999ae9e1d4dcca5b2e4868f2", Convert.ToHexStringLower(token));
    }

    [Fact]
    public void Two_that_share_a_secret_have_one_token_in_common_and_others_none()
    {
        IReadOnlyList<Uid> ofA = ListOf(_a, Noon, _b);
        IReadOnlyList<Uid> ofB = ListOf(_b, Noon, _a, _c);

        Assert.Single(ofA.Intersect(ofB));
        Assert.Empty(ofA.Intersect(ListOf(_c, Noon, _b)));
    }

    [Fact]
    public void A_list_hides_how_many_there_are_and_is_the_same_all_day()
    {
        IReadOnlyList<Uid> list = ListOf(_a, Noon, _b, _c, new TestDevice(3, 0));

        Assert.Equal(4, list.Count);
        Assert.Equal(list.Order(), list);
        Assert.Equal(list, ListOf(_a, Noon.AddHours(5), _b, _c, new TestDevice(3, 0)));
        Assert.Single(ListOf(_a, Noon));
    }

    [Fact]
    public void Two_days_have_nothing_in_common_but_clocks_may_differ_around_midnight()
    {
        Assert.Empty(ListOf(_a, Noon, _b).Intersect(ListOf(_a, Noon.AddDays(1), _b)));
        IReadOnlyList<Uid> before = ListOf(_a, Noon.AddHours(11.5), _b);
        IReadOnlyList<Uid> after = ListOf(_b, Noon.AddHours(12.5), _a);

        Assert.Equal(2, before.Intersect(after).Count());
    }

    private static IReadOnlyList<Uid> ListOf(TestDevice device, DateTimeOffset now, params TestDevice[] others) =>
        MeetingTokens.ListFor([.. others.Select(device.SecretWith)], PeerSecret.OfOwnDevices(device.User), now);
}
