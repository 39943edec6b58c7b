using DiscreetDb.Rooms;

namespace DiscreetDb.RightsTests.Comparing;

/// <summary>Stands where there is no view, so that both sides are always asked the same number of questions.</summary>
internal sealed class NoView : IRoomView
{
    private NoView()
    {
    }

    public static NoView Instance { get; } = new();

    public bool IsAdmin(VerifyingKey user) => false;

    public bool IsMember(VerifyingKey user) => false;

    public bool IsUser(Uid authorisation, VerifyingKey user) => false;

    public bool IsUserAdmin(Uid authorisation, VerifyingKey user) => false;

    public EntityRights RightsOf(VerifyingKey user, string entity) => default;

    public EntityRights RightsOf(Uid authorisation, string entity) => default;

    public string NameOf(Uid authorisation) => "";

    public bool Can(VerifyingKey user, RightsAction action, string entity, VerifyingKey creator) => false;
}
