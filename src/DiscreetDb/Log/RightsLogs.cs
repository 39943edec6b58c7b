using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;
using DiscreetDb.Rooms;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// The rights of every room of a database: of shared rooms from their rights logs, each loaded when first asked for and kept
/// current as commits are appended; of rooms without a definition as <paramref name="own" /> says. Used with one connection,
/// on its thread.
/// </summary>
internal sealed class RightsLogs(LogStore store, IRights own) : IRights
{
    private static readonly RightsLedger NoDefinition = new();

    private readonly Dictionary<Uid, LoadedRoom> _rooms = [];
    private long _uses;

    /// <summary>Most rights commits kept in memory, of all rooms; at least one room stays, whatever its size.</summary>
    internal int CapacityCount { get; init; } = Limits.RightsCommitCacheCount;

    internal int LoadedCount => _rooms.Count;

    public bool IsKnown(Uid room) => own.IsKnown(room) || Find(room) is not null;

    public bool Can(Uid room, VerifyingKey user, RightsAction action, string entity, VerifyingKey creator) =>
        own.IsKnown(room)
            ? own.Can(room, user, action, entity, creator)
            : Find(room) is { } rights && rights.Current.Can(user, action, entity, creator);

    public bool TryJudge(Uid room, VerifyingKey user, ReadOnlySpan<Hash256> heads, int[] reach, [NotNullWhen(true)] out Rights? rights)
    {
        if (own.IsKnown(room))
        {
            return own.TryJudge(room, user, heads, reach, out rights);
        }

        rights = null;
        return Find(room) is { } loaded && loaded.TryJudge(heads, reach, out rights);
    }

    /// <summary>What counts in a room; nothing in rooms without a definition.</summary>
    public RightsLedger LedgerOf(Uid room) => own.IsKnown(room) ? NoDefinition : Find(room)?.Graph.Ledger ?? NoDefinition;

    public ReadOnlyMemory<Hash256> Heads(Uid room) => own.IsKnown(room) ? own.Heads(room) : Find(room)?.Heads.AsMemory() ?? default;

    /// <summary>Whether a rights commit of a room is here.</summary>
    public bool Has(Uid room, Hash256 id) => Find(room)?.TryFind(id, out _) ?? false;

    /// <summary>Whether anybody ever let this user in, so that what they send is kept on their account.</summary>
    public bool IsGranted(Uid room, VerifyingKey user) => own.IsKnown(room)
        ? own.Can(room, user, RightsAction.Read, string.Empty, user)
        : Find(room)?.IsGranted(user) ?? false;

    public RoomRights? Find(Uid room)
    {
        if (!_rooms.TryGetValue(room, out LoadedRoom? loaded))
        {
            if (new RightsLogReader(store).Load(room, out _) is not { } rights)
            {
                return null;
            }

            loaded = Keep(room, rights);
        }

        loaded.LastUse = ++_uses;
        return loaded.Rights;
    }

    /// <summary>The definition of a shared room as rows; of one that is not here, none.</summary>
    public DefinitionRows DefinitionOf(Uid room)
    {
        if (Find(room) is not { } rights)
        {
            return DefinitionRows.None(room);
        }

        LoadedRoom loaded = _rooms[room];
        return loaded.Definition ??= DefinitionRows.Of(room, rights.Graph);
    }

    /// <summary>
    /// What is wrong with a verified rights commit beside those that are here: a head that is not, a date that is not after
    /// its heads', an authorisation nobody added, an author nobody let in. A room that is not here begins with its genesis.
    /// </summary>
    public CommitFault Check(Commit commit, RightsCommit rights)
    {
        Uid room = commit.Position.Room;
        if (own.IsKnown(room))
        {
            return CommitFault.NotAllowed;
        }

        if (commit.Header.IsGenesis)
        {
            RoomRights founded = new();
            return founded.CanTake(rights) && founded.AddsWhatItNames(rights) ? CommitFault.None : CommitFault.Malformed;
        }

        if (Find(room) is not { } known)
        {
            return CommitFault.UnknownRoom;
        }

        if (rights.Parents.IsEmpty)
        {
            return CommitFault.Malformed;
        }

        CommitFault fault = CheckHeads(known, commit);
        if (fault != CommitFault.None)
        {
            return fault;
        }

        if (!known.AddsWhatItNames(rights))
        {
            return CommitFault.Malformed;
        }

        return known.CanTake(rights) ? CommitFault.None : CommitFault.NotAllowed;
    }

    /// <summary>Whether every rights head of a commit is here and dated before it.</summary>
    public CommitFault CheckHeads(Commit commit)
    {
        if (own.IsKnown(commit.Position.Room))
        {
            return commit.Header.Heads.IsEmpty ? CommitFault.None : CommitFault.NotAllowed;
        }

        return Find(commit.Position.Room) is { } room ? CheckHeads(room, commit) : CommitFault.UnknownRoom;
    }

    /// <summary>Stores a rights commit that passed <see cref="Check" /> at the end of its log, and resolves its room anew.</summary>
    public StoredCommit Append(WriteTransaction transaction, Author author, Commit commit, RightsCommit rights)
    {
        Uid room = commit.Position.Room;
        RoomRights known = Find(room) ?? Keep(room, new RoomRights()).Rights;
        transaction.OnRollback(() => _rooms.Remove(room));
        _rooms[room].Definition = null;
        bool isTaken = known.TryTake(rights);
        Debug.Assert(isTaken, "What is appended was checked before.");
        DeviceLog log = store.Logs.Open(transaction, room, CommitKind.Rights, author, 0);
        return store.Commits.Append(transaction, log, commit);
    }

    /// <summary>Commits were taken out of a room's rights logs: it is loaded anew when it is asked for next.</summary>
    public void Forget(WriteTransaction transaction, Uid room)
    {
        _rooms.Remove(room);
        transaction.OnRollback(() => _rooms.Remove(room));
    }

    private static CommitFault CheckHeads(RoomRights room, Commit commit)
    {
        foreach (Hash256 head in commit.Header.Heads.Span)
        {
            if (!room.TryFind(head, out RightsCommit? known))
            {
                return CommitFault.MissingHead;
            }

            if (commit.Position.Hlc <= known.Hlc)
            {
                return CommitFault.Malformed;
            }
        }

        return CommitFault.None;
    }

    private LoadedRoom Keep(Uid room, RoomRights rights)
    {
        long count = rights.CommitCount;
        foreach (LoadedRoom other in _rooms.Values)
        {
            count += other.Rights.CommitCount;
        }

        while (count > CapacityCount && _rooms.Count > 0)
        {
            (Uid oldest, LoadedRoom gone) = _rooms.MinBy(entry => entry.Value.LastUse);
            _rooms.Remove(oldest);
            count -= gone.Rights.CommitCount;
        }

        LoadedRoom loaded = new(rights);
        _rooms.Add(room, loaded);
        return loaded;
    }

    private sealed class LoadedRoom(RoomRights rights)
    {
        public RoomRights Rights { get; } = rights;

        public long LastUse { get; set; }

        /// <summary>Its rows, once somebody asked for them.</summary>
        public DefinitionRows? Definition { get; set; }
    }
}
