using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;
using DiscreetDb.Rooms;
using static DiscreetDb.EngineTests.Rooms.RoomHistory;

namespace DiscreetDb.EngineTests.Rooms;

public sealed class RightsGraphTests
{
    private readonly RoomHistory _room = new();

    [Fact]
    public void The_creator_is_an_admin_and_nobody_else_is_a_member()
    {
        _room.Found(1);

        RightsView view = _room.Build().Current;

        Assert.True(view.IsAdmin(User(1)));
        Assert.True(view.IsMember(User(1)));
        Assert.False(view.IsMember(User(2)));
    }

    [Fact]
    public void An_admin_has_the_rights_of_every_authorisation_and_no_others()
    {
        Hash256 genesis = _room.Found(1);
        _room.Add(1, [genesis], Authorise(1), Right(1, "farm.Crop", self: true, all: false));

        RightsView view = _room.Build().Current;

        Assert.Equal(new EntityRights(true, false), view.RightsOf(User(1), "farm.Crop"));
        Assert.Equal(EntityRights.None, view.RightsOf(User(1), "farm.Tool"));
    }

    [Fact]
    public void A_right_of_its_own_hides_the_star_within_its_authorisation_only()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 crew = _room.Add(1, [genesis],
            Authorise(1), Right(1, "*", self: true, all: true), Right(1, "farm.Crop", self: false, all: false), Member(1, 2));
        RightsView before = _room.Build().Current;
        _room.Add(1, [crew], Authorise(2), Right(2, "*", self: true, all: false), Member(2, 2));

        RightsView after = _room.Build().Current;

        Assert.Equal(EntityRights.None, before.RightsOf(User(2), "farm.Crop"));
        Assert.Equal(new EntityRights(true, true), before.RightsOf(User(2), "farm.Tool"));
        Assert.Equal(new EntityRights(true, false), after.RightsOf(User(2), "farm.Crop"));
    }

    [Fact]
    public void A_stranger_changes_nothing()
    {
        Hash256 genesis = _room.Found(1);
        _room.Add(2, [genesis], Admin(2));

        RightsGraph graph = _room.Build();

        Assert.False(graph.Current.IsAdmin(User(2)));
        Assert.Equal(genesis, Assert.Single(graph.Heads));
    }

    [Fact]
    public void A_removed_admin_gains_nothing_by_choosing_old_parents()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 grant = _room.Add(1, [genesis], Admin(2));
        _room.Add(1, [grant], Admin(2, isEnabled: false));
        Hash256 answer = _room.Add(2, [grant], Admin(3));

        RightsGraph graph = _room.Build();

        Assert.False(graph.Current.IsAdmin(User(2)));
        Assert.False(graph.Current.IsAdmin(User(3)));
        Assert.DoesNotContain(answer, graph.Heads);
    }

    [Fact]
    public void What_the_remover_knew_stays()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 grant = _room.Add(1, [genesis], Admin(2));
        Hash256 work = _room.Add(2, [grant], Admin(3));
        _room.Add(1, [work], Admin(2, isEnabled: false));

        RightsView view = _room.Build().Current;

        Assert.False(view.IsAdmin(User(2)));
        Assert.True(view.IsAdmin(User(3)));
    }

    [Fact]
    public void A_junior_admin_cannot_disable_a_senior_one()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 second = _room.Add(1, [genesis], Admin(2));
        Hash256 third = _room.Add(1, [second], Admin(3));
        Hash256 coup = _room.Add(3, [third], Admin(2, isEnabled: false));
        _room.Add(3, [coup], Admin(1, isEnabled: false));

        RightsView view = _room.Build().Current;

        Assert.True(view.IsAdmin(User(1)));
        Assert.True(view.IsAdmin(User(2)));
    }

    [Fact]
    public void What_a_user_admin_did_before_their_removal_stays()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 crew = _room.Add(1, [genesis], Authorise(1), UserAdmin(1, 2));
        Hash256 work = _room.Add(2, [crew], Member(1, 3));
        _room.Add(1, [work], UserAdmin(1, 2, isEnabled: false));
        _room.Add(2, [work], Member(1, 4));

        RightsView view = _room.Build().Current;

        Assert.True(view.IsUser(Authorisation(1), User(3)));
        Assert.False(view.IsUser(Authorisation(1), User(4)));
    }

    [Fact]
    public void Work_of_a_removed_user_admin_is_admitted()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 crew = _room.Add(1, [genesis], Authorise(1), UserAdmin(1, 2));
        Hash256 work = _room.Add(2, [crew], Member(1, 3));
        Hash256 removal = _room.Add(1, [crew], UserAdmin(1, 2, isEnabled: false));
        RightsView before = _room.Build().Current;
        _room.Add(1, [removal], new RightsOperation.AdmitCommits([], [work]));

        Assert.False(before.IsUser(Authorisation(1), User(3)));
        Assert.True(_room.Build().Current.IsUser(Authorisation(1), User(3)));
    }

    [Fact]
    public void A_user_admin_who_is_enabled_again_acts_again()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 crew = _room.Add(1, [genesis], Authorise(1), UserAdmin(1, 2));
        Hash256 removal = _room.Add(1, [crew], UserAdmin(1, 2, isEnabled: false));
        Hash256 again = _room.Add(1, [removal], UserAdmin(1, 2));
        _room.Add(2, [again], Member(1, 3));

        Assert.True(_room.Build().Current.IsUser(Authorisation(1), User(3)));
    }

    [Fact]
    public void Disabling_oneself_does_not_end_a_more_junior_tenure_of_one_s_own()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 senior = _room.Add(1, [genesis], Admin(2));
        Hash256 junior = _room.Add(1, [genesis], Admin(2));
        _room.Add(2, [senior], Admin(2, isEnabled: false));
        _room.Add(2, [junior], Admin(3));

        Assert.True(_room.Build().Current.IsAdmin(User(3)));
    }

    [Fact]
    public void An_admin_cannot_disable_themself()
    {
        Hash256 genesis = _room.Found(1);
        _room.Add(1, [genesis], Admin(1, isEnabled: false));

        Assert.True(_room.Build().Current.IsAdmin(User(1)));
    }

    [Fact]
    public void Of_two_admins_who_remove_each_other_the_senior_stays()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 second = _room.Add(1, [genesis], Admin(2));
        Hash256 third = _room.Add(1, [second], Admin(3));
        _room.Add(2, [third], Admin(3, isEnabled: false));
        _room.Add(3, [third], Admin(2, isEnabled: false));

        RightsView view = _room.Build().Current;

        Assert.True(view.IsAdmin(User(2)));
        Assert.False(view.IsAdmin(User(3)));
    }

    [Fact]
    public void A_user_granted_again_after_a_removal_is_an_admin_again()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 grant = _room.Add(1, [genesis], Admin(2));
        Hash256 removal = _room.Add(1, [grant], Admin(2, isEnabled: false));
        Hash256 again = _room.Add(1, [removal], Admin(2));
        _room.Add(2, [again], Admin(3));

        RightsView view = _room.Build().Current;

        Assert.True(view.IsAdmin(User(2)));
        Assert.True(view.IsAdmin(User(3)));
    }

    [Fact]
    public void A_user_admin_adds_users_of_their_authorisation_and_nothing_else()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 crew = _room.Add(1, [genesis], Authorise(1), Authorise(2), UserAdmin(1, 2));
        _room.Add(2, [crew], Member(1, 3), Member(2, 3), Admin(3), UserAdmin(1, 3), Right(1, "*", self: true, all: true));

        RightsView view = _room.Build().Current;

        Assert.True(view.IsUser(Authorisation(1), User(3)));
        Assert.False(view.IsUser(Authorisation(2), User(3)));
        Assert.False(view.IsAdmin(User(3)));
        Assert.False(view.IsUserAdmin(Authorisation(1), User(3)));
        Assert.Equal(EntityRights.None, view.RightsOf(Authorisation(1), "farm.Crop"));
    }

    [Fact]
    public void Concurrent_enabling_and_disabling_disables()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 crew = _room.Add(1, [genesis], Authorise(1), Admin(2), Member(1, 3));
        _room.Add(1, [crew], Member(1, 3, isEnabled: false));
        _room.Add(2, [crew], Member(1, 3));

        Assert.False(_room.Build().Current.IsUser(Authorisation(1), User(3)));
    }

    [Fact]
    public void Concurrent_settings_of_a_right_allow_what_both_allow()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 crew = _room.Add(1, [genesis], Authorise(1), Admin(2), Right(1, "farm.Crop", self: true, all: true));
        _room.Add(1, [crew], Right(1, "farm.Crop", self: true, all: false));
        _room.Add(2, [crew], Right(1, "farm.Crop", self: true, all: true));

        Assert.Equal(new EntityRights(true, false), _room.Build().Current.RightsOf(Authorisation(1), "farm.Crop"));
    }

    [Fact]
    public void Mutate_all_implies_mutate_self()
    {
        Hash256 genesis = _room.Found(1);
        _room.Add(1, [genesis], Authorise(1), Right(1, "farm.Crop", self: false, all: true));

        Assert.Equal(new EntityRights(true, true), _room.Build().Current.RightsOf(Authorisation(1), "farm.Crop"));
    }

    [Fact]
    public void A_revoked_device_writes_no_rights_commit_any_more()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 revocation = _room.Add(1, [genesis], new RightsOperation.RevokeDevice(new LogPosition(Device(1, 1), 3, Id(99))));
        _room.Add(1, Device(1, 1), [revocation], [Admin(2)]);

        Assert.False(_room.Build().Current.IsAdmin(User(2)));
    }

    [Fact]
    public void Two_devices_that_revoke_each_other_are_both_revoked()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 first = _room.Add(1, Device(1, 1), [genesis], [new RightsOperation.RevokeDevice(new LogPosition(Device(1, 2), 0, default))]);
        Hash256 second = _room.Add(1, Device(1, 2), [genesis], [new RightsOperation.RevokeDevice(new LogPosition(Device(1, 1), 0, default))]);
        _room.Add(1, Device(1, 1), [first, second], [Admin(2)]);
        _room.Add(1, Device(1, 2), [first, second], [Admin(3)]);

        RightsView view = _room.Build().Current;

        Assert.False(view.IsAdmin(User(2)));
        Assert.False(view.IsAdmin(User(3)));
    }

    [Fact]
    public void A_backdated_data_commit_above_the_cut_off_is_judged_with_the_removal()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 crew = _room.Add(1, [genesis], Authorise(1), Right(1, "*", self: true, all: false), Member(1, 2));
        _room.Add(1, [crew], Member(1, 2, isEnabled: false, new LogPosition(Device(2), 5, Id(77))));
        RightsGraph graph = _room.Build();

        Assert.True(TryJudge(graph, crew, Device(2), 5, out RightsView? below));
        Assert.True(TryJudge(graph, crew, Device(2), 6, out RightsView? above));
        Assert.True(TryJudge(graph, crew, Device(2, 7), 1, out RightsView? newDevice));

        Assert.True(below.IsMember(User(2)));
        Assert.False(above.IsMember(User(2)));
        Assert.False(newDevice.IsMember(User(2)));
    }

    [Fact]
    public void An_admin_raises_a_cut_off_for_somebody_who_was_offline()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 crew = _room.Add(1, [genesis], Authorise(1), Right(1, "*", self: true, all: false), Member(1, 2));
        Hash256 removal = _room.Add(1, [crew], Member(1, 2, isEnabled: false, new LogPosition(Device(2), 5, Id(77))));
        _room.Add(1, [removal], new RightsOperation.AdmitCommits([new LogPosition(Device(2), 9, Id(78))], []));
        RightsGraph graph = _room.Build();

        Assert.True(TryJudge(graph, crew, Device(2), 9, out RightsView? admitted));
        Assert.True(TryJudge(graph, crew, Device(2), 10, out RightsView? beyond));

        Assert.True(admitted.IsMember(User(2)));
        Assert.False(beyond.IsMember(User(2)));
    }

    [Fact]
    public void An_admitted_rights_commit_escapes_the_removal_it_did_not_know()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 grant = _room.Add(1, [genesis], Admin(2));
        Hash256 removal = _room.Add(1, [grant], Admin(2, isEnabled: false));
        Hash256 offline = _room.Add(2, [grant], Admin(3));
        _room.Add(1, [removal], new RightsOperation.AdmitCommits([], [offline]));

        RightsView view = _room.Build().Current;

        Assert.False(view.IsAdmin(User(2)));
        Assert.True(view.IsAdmin(User(3)));
    }

    [Fact]
    public void A_demotion_reaches_every_device_by_its_cut_offs()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 crew = _room.Add(1, [genesis], Authorise(1), Right(1, "*", self: true, all: true), Member(1, 2));
        _room.Add(1, [crew], Right(1, "farm.Crop", self: true, all: false, new LogPosition(Device(2), 5, Id(77))));
        RightsGraph graph = _room.Build();

        Assert.True(TryJudge(graph, crew, Device(2), 5, out RightsView? below));
        Assert.True(TryJudge(graph, crew, Device(2), 6, out RightsView? above));

        Assert.True(new Rights(below).Can(User(2), RightsAction.Update, "farm.Crop", User(1)));
        Assert.False(new Rights(above).Can(User(2), RightsAction.Update, "farm.Crop", User(1)));
        Assert.True(new Rights(above).Can(User(2), RightsAction.Update, "farm.Crop", User(2)));
    }

    [Fact]
    public void The_order_of_arrival_does_not_matter()
    {
        Hash256 genesis = _room.Found(1);
        Hash256 crew = _room.Add(1, [genesis], Authorise(1), Admin(2), Member(1, 3));
        Hash256 left = _room.Add(1, [crew], Member(1, 3, isEnabled: false));
        Hash256 right = _room.Add(2, [crew], Member(1, 4), Admin(4));
        Hash256 merge = _room.Add(2, [left, right]);

        RightsGraph forwards = _room.Build();
        RightsGraph backwards = RightsGraph.Build([.. _room.Commits.Reverse()]);

        Assert.Equal(merge, Assert.Single(forwards.Heads));
        Assert.Equal(merge, Assert.Single(backwards.Heads));
        Assert.False(backwards.Current.IsMember(User(3)));
        Assert.True(backwards.Current.IsMember(User(4)));
    }

    [Fact]
    public void Commits_whose_ancestors_are_missing_wait()
    {
        Hash256 genesis = _room.Found(1);
        _room.Add(1, [genesis, Id(500)], Admin(2));

        RightsGraph graph = _room.Build();

        Assert.Single(graph.Nodes);
        Assert.False(graph.Current.IsAdmin(User(2)));
    }

    // The log of a device whose commits 5 and 9 are named by cut-offs.
    private static bool TryJudge(RightsGraph graph, Hash256 head, Uid device, long sequence, [NotNullWhen(true)] out RightsView? view) =>
        graph.TryJudgingView([head], DeviceReach.Of(graph.Ledger, device, User(2), new Branch((5, Id(77)), (9, Id(78))), []).ClockAt(sequence), out view);

    private sealed class Branch(params (long Sequence, Hash256 Commit)[] commits) : IDataBranch
    {
        public bool Holds(long sequence, Hash256 commit) => sequence == 0 ? commit.IsZero : commits.Contains((sequence, commit));
    }
}
