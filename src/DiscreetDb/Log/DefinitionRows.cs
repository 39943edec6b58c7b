using DiscreetDb.Core;
using DiscreetDb.Rooms;

namespace DiscreetDb.Log;

/// <summary>
/// A row of <c>sys.Room</c> or one of its parts: what made it and what touched it last. An entry shows its operation, an
/// authorisation its name.
/// </summary>
internal sealed record DefinitionRow(string Entity, Uid Id, RightsCommit Insert, RightsCommit Newest, RightsOperation? Operation, string? Name)
{
    /// <summary>The values by field, as the log gives them.</summary>
    public IEnumerable<(string Field, Value Value)> Values => Operation switch
    {
        RightsOperation.Genesis genesis => [("verif_key", Value.Bytes(genesis.Creator.ToByteArray())), ("enabled", Value.Boolean(true))],
        RightsOperation.SetUser set => [("verif_key", Value.Bytes(set.User.ToByteArray())), ("enabled", Value.Boolean(set.IsEnabled))],
        RightsOperation.SetRight set =>
            [("entity", Value.Text(set.Entity)), ("mutate_self", Value.Boolean(set.MutateSelf)), ("mutate_all", Value.Boolean(set.MutateAll))],
        _ when Name is not null => [("name", Value.Text(Name))],
        _ => [],
    };

    public bool IsSame(DefinitionRow other) =>
        ReferenceEquals(Insert, other.Insert) && ReferenceEquals(Newest, other.Newest) && ReferenceEquals(Operation, other.Operation) && Name == other.Name;
}

/// <summary>A link between two of them.</summary>
internal readonly record struct DefinitionLink(string Entity, string Field, Uid Source, Uid Target);

/// <summary>
/// A room's definition as rows and links: whatever counts of its rights commits (dialect §7.8). A pure function of the
/// resolved graph. Entries are never changed, so every setting of a user or a right is a row of its own.
/// </summary>
internal sealed class DefinitionRows
{
    public const string Room = "sys.Room";
    public const string Authorisation = "sys.Authorisation";
    public const string UserAuth = "sys.UserAuth";
    public const string EntityRight = "sys.EntityRight";

    private readonly Uid _room;
    private readonly Dictionary<Uid, DefinitionRow> _rows = [];
    private readonly Dictionary<DefinitionLink, RightsCommit> _links = [];
    private readonly Dictionary<Uid, Touched> _authorisations = [];

    private DefinitionRows(Uid room)
    {
        _room = room;
    }

    public IReadOnlyDictionary<Uid, DefinitionRow> Rows => _rows;

    public IReadOnlyDictionary<DefinitionLink, RightsCommit> Links => _links;

    /// <summary>Whether rows of the entity, by its log name, come from rights commits only.</summary>
    public static bool Holds(string entity) => entity is Room or Authorisation or UserAuth or EntityRight;

    /// <summary>The rows of a room that has no rights commit yet.</summary>
    public static DefinitionRows None(Uid room) => new(room);

    public static DefinitionRows Of(Uid room, RightsGraph graph)
    {
        DefinitionRows rows = new(room);
        Touched whole = new();
        foreach (RightsNode node in graph.Nodes)
        {
            for (int i = 0; i < node.Counting.Length; i++)
            {
                if (node.Counting[i])
                {
                    rows.Add(new RightsPlace(node, i), whole);
                }
            }
        }

        foreach ((Uid id, Touched touched) in rows._authorisations)
        {
            rows.AddAuthorisation(id, touched, graph.Current.NameOf(id));
            whole.Note(touched.Insert);
        }

        if (whole.HasInsert)
        {
            rows._rows.Add(room, new DefinitionRow(Room, room, whole.Insert.Node.Commit, whole.Newest, null, null));
        }

        return rows;
    }

    private void Add(RightsPlace place, Touched whole)
    {
        RightsCommit commit = place.Node.Commit;
        switch (commit.Operations[place.Operation])
        {
            case RightsOperation.Genesis when commit.Parents.IsEmpty && place.Operation == 0:
            case RightsOperation.SetUser { List: UserList.Admin }:
                whole.Note(place);
                AddEntry(place, UserAuth, new DefinitionLink(Room, "admin", _room, EntryOf(place)));
                break;
            case RightsOperation.SetUser set:
                string list = set.List == UserList.User ? "users" : "user_admin";
                TouchedOf(set.Authorisation).Note(place);
                AddEntry(place, UserAuth, new DefinitionLink(Authorisation, list, set.Authorisation, EntryOf(place)));
                break;
            case RightsOperation.SetRight set:
                TouchedOf(set.Authorisation).Note(place);
                AddEntry(place, EntityRight, new DefinitionLink(Authorisation, "rights", set.Authorisation, EntryOf(place)));
                break;
            case RightsOperation.AddAuthorisation added:
                TouchedOf(added.Authorisation).NoteAdded(place);
                break;
            case RightsOperation.NameAuthorisation named:
                TouchedOf(named.Authorisation).Note(place);
                break;
            default:
                break;
        }
    }

    private void AddEntry(RightsPlace place, string entity, DefinitionLink link)
    {
        RightsCommit commit = place.Node.Commit;
        _rows[link.Target] = new DefinitionRow(entity, link.Target, commit, commit, commit.Operations[place.Operation], null);
        _links[link] = commit;
    }

    // It has no name if the commit that added it does not count (docs/adr/0016).
    private void AddAuthorisation(Uid id, Touched touched, string name)
    {
        RightsCommit insert = touched.Insert.Node.Commit;
        _rows[id] = new DefinitionRow(Authorisation, id, insert, touched.Newest, null, name);
        _links[new DefinitionLink(Room, "authorisations", _room, id)] = insert;
    }

    private Uid EntryOf(RightsPlace place)
    {
        RightsCommit commit = place.Node.Commit;
        return RowId.DeriveEntry(new CommitPosition(_room, commit.Device, CommitKind.Rights, commit.Sequence, commit.Hlc), place.Operation);
    }

    private Touched TouchedOf(Uid authorisation) =>
        _authorisations.TryGetValue(authorisation, out Touched? touched) ? touched : _authorisations[authorisation] = new Touched();

    /// <summary>What made a row, and the newest that touched it or a link that starts at it.</summary>
    private sealed class Touched
    {
        private RightsPlace? _first;
        private RightsPlace? _added;
        private RightsCommit? _newest;

        public bool HasInsert => _first is not null;

        /// <summary>What added it, or else the first that counts and speaks of it, by rank.</summary>
        public RightsPlace Insert => _added ?? _first!.Value;

        public RightsCommit Newest => _newest!;

        public void NoteAdded(RightsPlace place)
        {
            _added = Smaller(_added, place);
            Note(place);
        }

        public void Note(RightsPlace place)
        {
            _first = Smaller(_first, place);
            RightsCommit commit = place.Node.Commit;
            if (_newest is null || StampOf(commit) > StampOf(_newest))
            {
                _newest = commit;
            }
        }

        private static RightsPlace Smaller(RightsPlace? known, RightsPlace place) =>
            known is { } smaller && smaller.CompareTo(place) < 0 ? smaller : place;

        private static CommitStamp StampOf(RightsCommit commit) => new(commit.Hlc, commit.Id);
    }
}
