using DiscreetDb.Rooms;

namespace DiscreetDb.RightsTests.Comparing;

/// <summary>What can be asked about a room's rights in a view.</summary>
internal interface IRoomView
{
    bool IsAdmin(VerifyingKey user);

    bool IsMember(VerifyingKey user);

    bool IsUser(Uid authorisation, VerifyingKey user);

    bool IsUserAdmin(Uid authorisation, VerifyingKey user);

    EntityRights RightsOf(VerifyingKey user, string entity);

    EntityRights RightsOf(Uid authorisation, string entity);

    string NameOf(Uid authorisation);

    bool Can(VerifyingKey user, RightsAction action, string entity, VerifyingKey creator);
}
