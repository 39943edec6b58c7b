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
/// <param name="view">The definition of the room, as somebody knew it.</param>
/// <param name="isShared">
/// Whether others are in the room. Then no right reaches the engine's own entities, whatever it says of <c>*</c>: devices,
/// contacts and profiles have rooms of their own, and nobody writes into those of others.
/// </param>
internal sealed class Rights(RightsView view, bool isShared = true)
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
            rights = isShared && IsOfEngine(entity) ? EntityRights.None : View.RightsOf(user, entity);
        }

        return action == RightsAction.Insert || user == creator ? rights.MutateSelf : rights.MutateAll;
    }

    private static bool IsOfEngine(string entity) => entity.StartsWith("sys.", StringComparison.Ordinal);
}
