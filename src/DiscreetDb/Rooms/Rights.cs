using System.Runtime.InteropServices;

namespace DiscreetDb.Rooms;

/// <summary>What somebody wants to do with a row.</summary>
internal enum RightsAction
{
    Insert,

    /// <summary>Change fields, or add or remove links that start at the row.</summary>
    Update,

    Delete,

    Read,
}

/// <summary>
/// The one evaluator (log.md §4.6): may this user do this to such a row, in this view. Asked before a local write, for every
/// operation of a peer's commit, and before serving a peer. Memoised per user and entity of its view; one thread at a time.
/// </summary>
internal sealed class Rights(RightsView view)
{
    // A peer names as many entities as it likes.
    private const int MemoCount = 4_096;

    private readonly Dictionary<(VerifyingKey User, string Entity), EntityRights> _rights = [];
    private readonly Dictionary<VerifyingKey, bool> _members = [];

    public RightsView View { get; } = view;

    public bool Can(VerifyingKey user, RightsAction action, string entity, VerifyingKey creator)
    {
        if (_rights.Count + _members.Count > MemoCount)
        {
            _rights.Clear();
            _members.Clear();
        }

        ref bool isMember = ref CollectionsMarshal.GetValueRefOrAddDefault(_members, user, out bool isKnown);
        if (!isKnown)
        {
            isMember = View.IsMember(user);
        }

        if (!isMember || action == RightsAction.Read)
        {
            return isMember;
        }

        ref EntityRights rights = ref CollectionsMarshal.GetValueRefOrAddDefault(_rights, (user, entity), out bool isMemoised);
        if (!isMemoised)
        {
            rights = View.RightsOf(user, entity);
        }

        return action == RightsAction.Insert || user == creator ? rights.MutateSelf : rights.MutateAll;
    }
}
