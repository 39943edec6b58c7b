using DiscreetDb.Core;
using DiscreetDb.Rooms;

namespace DiscreetDb.RightsTests.Naive;

/// <summary>An operation with its place: the commit it is in, and where in it.</summary>
internal sealed class NaiveOperation(RightsCommit commit, int index)
{
    public RightsCommit Commit { get; } = commit;

    public Hash256 Id => Commit.Id;

    public int Index { get; } = index;

    public RightsOperation Operation { get; } = commit.Operations[index];

    /// <summary>Whether it founds the room; anywhere else a genesis says nothing.</summary>
    public bool IsGenesis => Operation is RightsOperation.Genesis && Index == 0 && Commit.Parents.IsEmpty;

    /// <summary>Whether it grants a list to a user: rule 1 asks for any such, rule 2 for those of the admins.</summary>
    public bool IsGrantTo(VerifyingKey user) =>
        IsGenesis ? Grantee == user : IsSetting(user, isEnabled: true);

    public bool IsAdminGrant => IsGenesis || Operation is RightsOperation.SetUser { List: UserList.Admin, IsEnabled: true };

    /// <summary>Whom a grant is for.</summary>
    public VerifyingKey Grantee => Operation switch
    {
        RightsOperation.Genesis genesis => genesis.Creator,
        RightsOperation.SetUser set => set.User,
        _ => throw new InvalidOperationException($"{Operation} grants nothing."),
    };

    private bool IsSetting(VerifyingKey user, bool isEnabled) =>
        Operation is RightsOperation.SetUser set && set.User == user && set.IsEnabled == isEnabled;

    /// <summary>Whether it enables or disables this user in this list.</summary>
    public bool Sets(UserList list, Uid authorisation, VerifyingKey user, bool isEnabled) =>
        Operation is RightsOperation.SetUser set && set.List == list && set.Authorisation == authorisation && IsSetting(user, isEnabled);
}
