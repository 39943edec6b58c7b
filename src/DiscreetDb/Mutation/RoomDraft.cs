using System.Collections.Immutable;
using System.Text;
using DiscreetDb.Core;
using DiscreetDb.Language;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.Rooms;

namespace DiscreetDb.Mutation;

/// <summary>
/// One <c>sys.Room</c> object becoming operations on rights: who may say so is asked for each of them (log.md §4.1), and
/// the ends of the logs a removal or demotion leaves untouched are filled in (log.md §4.4).
/// </summary>
internal sealed class RoomDraft
{
    private readonly SourceText _source;
    private readonly ReadOnlyMemory<Value> _variables;
    private readonly MutationContext _context;
    private readonly Uid? _room;
    private readonly RoomRights? _rights;
    private readonly RightsDraft _draft = new();
    private readonly List<(int Node, int Entry)> _entries = [];
    private readonly List<(int Node, Uid Id)> _known = [];
    private int? _roomNode;

    private RoomDraft(Uid? room, RoomRights? rights, SourceText source, ReadOnlyMemory<Value> variables, MutationContext context)
    {
        _room = room;
        _rights = rights;
        _source = source;
        _variables = variables;
        _context = context;
    }

    // Null while the room is being founded: the founder may say everything.
    private RightsView? View => _rights?.Graph.Current;

    public static RoomDraft Found(SourceText source, ReadOnlyMemory<Value> variables, MutationContext context)
    {
        RoomDraft founding = new(null, null, source, variables, context);
        founding._draft.Add(context.Batch.NewGenesis());
        return founding;
    }

    public static RoomDraft Open(Uid room, RoomRights rights, SourceText source, ReadOnlyMemory<Value> variables, MutationContext context) =>
        new(room, rights, source, variables, context);

    /// <summary>Adds everything the object of the room says, in the order of the text.</summary>
    public void Add(MutationNode room)
    {
        _roomNode = room.Index;
        foreach (MutationStep step in room.Steps)
        {
            MutationStep.AddLinks links = (MutationStep.AddLinks)step; // a room has nothing but lists, which are never cleared
            if (links.Field.Name == "admin")
            {
                AddAdmins(links.Targets);
                continue;
            }

            foreach (MutationNode authorisation in links.Targets)
            {
                AddAuthorisation(authorisation);
            }
        }
    }

    /// <summary>Writes the rights commits, if anything is to change, and notes the id of each object.</summary>
    public void Write(Uid?[] ids)
    {
        if (_draft.Operations.Count > 0)
        {
            RightsReceipt receipt = _context.Batch.Define(_room, _draft);
            ids[_roomNode!.Value] = receipt.Room;
            foreach ((int node, int entry) in _entries)
            {
                ids[node] = receipt.Entries[entry];
            }
        }
        else
        {
            ids[_roomNode!.Value] = _room;
        }

        foreach ((int node, Uid id) in _known)
        {
            ids[node] = id;
        }
    }

    private void AddAdmins(ImmutableArray<MutationNode> admins)
    {
        if (_rights is null)
        {
            DemandCreator(admins);
        }

        foreach (MutationNode node in admins)
        {
            VerifyingKey user = UserOf(node);
            bool isEnabled = Get(node, "enabled").AsBoolean;
            if (_rights is null && user == _context.User)
            {
                // The founding itself is the creator's entry.
                _entries.Add((node.Index, 0));
                continue;
            }

            DemandAdmin(node, "Changing the admins");
            if (!isEnabled)
            {
                DemandSenior(node, user);
            }

            SetUser(node, UserList.Admin, Uid.Zero, user, isEnabled);
        }
    }

    // So no room starts without somebody who may change it.
    private void DemandCreator(ImmutableArray<MutationNode> admins)
    {
        bool isListed = false;
        foreach (MutationNode node in admins)
        {
            if (UserOf(node) == _context.User)
            {
                isListed = true;
                if (!Get(node, "enabled").AsBoolean)
                {
                    throw Rejected(node, "The creator of a room is an admin of it; enable your own entry.");
                }
            }
        }

        if (!isListed)
        {
            throw Rejected(admins[0], "The admins of a new room must include you, its creator; add your own key or leave `admin` out.");
        }
    }

    private void AddAuthorisation(MutationNode node)
    {
        Uid authorisation = node.Id is { } operand ? Find(node, operand.Get(_variables.Span).AsUid) : Create(node);
        foreach (MutationStep step in node.Steps)
        {
            switch (step)
            {
                case MutationStep.SetValue when !node.IsNew:
                    DemandAdmin(node, "Naming an authorisation");
                    _draft.Add(new RightsOperation.NameAuthorisation(authorisation, NameOf(node, "name")));
                    break;
                case MutationStep.AddLinks { Field.Name: "rights" } rights:
                    AddRights(authorisation, rights.Targets);
                    break;
                case MutationStep.AddLinks { Field.Name: "users" } users:
                    AddUsers(UserList.User, authorisation, users.Targets);
                    break;
                case MutationStep.AddLinks admins:
                    AddUsers(UserList.UserAdmin, authorisation, admins.Targets);
                    break;
                default:
                    break;
            }
        }
    }

    private Uid Find(MutationNode node, Uid authorisation)
    {
        if (_rights is null || !_rights.Graph.HasAuthorisation(authorisation))
        {
            string room = _room is { } id ? $"the room {id}" : "a room that is only being created";
            throw _source.Error(ErrorCode.NotBelongsTo, node.Span, $"The authorisation {authorisation} is not one of {room}; leave `id` out to add one.");
        }

        _known.Add((node.Index, authorisation));
        return authorisation;
    }

    private Uid Create(MutationNode node)
    {
        DemandAdmin(node, "Adding an authorisation");
        _entries.Add((node.Index, _draft.Operations.Count));
        return _draft.AddAuthorisation(NameOf(node, "name"));
    }

    private void AddRights(Uid authorisation, ImmutableArray<MutationNode> rights)
    {
        foreach (MutationNode node in rights)
        {
            DemandAdmin(node, "Changing a right");
            string entity = LogNameOf(node);
            EntityRights setting = new(Get(node, "mutate_self").AsBoolean, Get(node, "mutate_all").AsBoolean);
            ImmutableArray<LogPosition> ends = View is { } view && view.IsLowered(authorisation, entity, setting) ? EndsOf(node, null) : [];
            _entries.Add((node.Index, _draft.Add(new RightsOperation.SetRight(authorisation, entity, setting.MutateSelf, setting.MutateAll, ends))));
        }
    }

    private void AddUsers(UserList list, Uid authorisation, ImmutableArray<MutationNode> users)
    {
        foreach (MutationNode node in users)
        {
            if (list == UserList.UserAdmin || View is not { } view || !view.IsUserAdmin(authorisation, _context.User))
            {
                DemandAdmin(node, list == UserList.UserAdmin ? "Changing the user admins" : "Changing the users");
            }

            SetUser(node, list, authorisation, UserOf(node), Get(node, "enabled").AsBoolean);
        }
    }

    private void SetUser(MutationNode node, UserList list, Uid authorisation, VerifyingKey user, bool isEnabled)
    {
        ImmutableArray<LogPosition> ends = isEnabled || _room is null ? [] : EndsOf(node, user);
        _entries.Add((node.Index, _draft.Add(new RightsOperation.SetUser(list, authorisation, user, isEnabled, ends))));
    }

    private void DemandAdmin(MutationNode node, string what)
    {
        if (View is { } view && !view.IsAdmin(_context.User))
        {
            string who = node.Entity.Name == "UserAuth" && what.EndsWith(" users", StringComparison.Ordinal) ? "an admin or a user admin" : "an admin";
            throw Rejected(node, $"{what} of the room {_room} needs {who}, which you are not there.");
        }
    }

    private void DemandSenior(MutationNode node, VerifyingKey user)
    {
        if (user == _context.User)
        {
            throw Rejected(node, $"You cannot disable your own entry among the admins of the room {_room}; another admin can.");
        }

        if (View is { } view && !view.CanRemoveAdmin(_context.User, user))
        {
            throw Rejected(node, $"{user} was made an admin of the room {_room} before you; only an admin who is senior to them can disable them.");
        }
    }

    private ImmutableArray<LogPosition> EndsOf(MutationNode node, VerifyingKey? user)
    {
        ImmutableArray<LogPosition> ends = _context.Batch.DataEnds(_room!.Value, user); // asked of existing rooms only
        return ends.Length <= Limits.CutOffCount
            ? ends
            : throw _source.Error(
                ErrorCode.TooComplex, node.Span, $"{ends.Length} devices have written to the room {_room}; what takes rights away lists at most {Limits.CutOffCount}.");
    }

    private VerifyingKey UserOf(MutationNode node)
    {
        ReadOnlySpan<byte> key = Get(node, "verif_key").AsBytes.Span;
        return key.Length == VerifyingKey.SizeBytes
            ? new VerifyingKey(key)
            : throw _source.Error(ErrorCode.InvalidBase64, node.Span, $"A `verif_key` has {VerifyingKey.SizeBytes} bytes, this one {key.Length}.");
    }

    // Rights carry the name the log carries, so that they hold when an entity gets another name.
    private string LogNameOf(MutationNode node)
    {
        string name = NameOf(node, "entity");
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        string canonical = dot < 0 ? name : EntityName.Join(EntityName.Fold(name[..dot]), name[(dot + 1)..]);
        return _context.Model.FindCanonical(canonical)?.LogName ?? canonical;
    }

    private string NameOf(MutationNode node, string field)
    {
        ReadOnlySpan<byte> name = Get(node, field).AsBytes.Span;
        if (name.Length > Limits.NameSizeBytes || (name.IsEmpty && field == "entity"))
        {
            throw _source.Error(
                ErrorCode.InvalidString, node.Span, $"`{field}` has 1 to {Limits.NameSizeBytes} bytes in a room definition, this one {name.Length}.");
        }

        return Encoding.UTF8.GetString(name);
    }

    private Value Get(MutationNode node, string field)
    {
        foreach (MutationStep step in node.Steps)
        {
            if (step is MutationStep.SetValue set && set.Field.Name == field)
            {
                return set.Value.Get(_variables.Span);
            }
        }

        throw new InvalidOperationException($"{node.Entity} has its {field}: it is required, or has a default.");
    }

    private DiscreetException Rejected(MutationNode node, string message) => _source.Error(ErrorCode.AuthorisationRejected, node.Span, message);
}
