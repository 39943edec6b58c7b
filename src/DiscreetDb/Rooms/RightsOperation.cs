using System.Collections.Immutable;
using DiscreetDb.Core;

namespace DiscreetDb.Rooms;

/// <summary>One change of a room's definition (log.md §4.2). The hierarchy is closed.</summary>
internal abstract record RightsOperation
{
    /// <summary>Founds the room: the first commit, and the creator's admin grant.</summary>
    internal sealed record Genesis(VerifyingKey Creator, ReadOnlyMemory<byte> Nonce) : RightsOperation;

    /// <summary>Enables or disables a user in a list. The authorisation is zero exactly for <see cref="UserList.Admin" />.</summary>
    internal sealed record SetUser(
        UserList List, Uid Authorisation, VerifyingKey User, bool IsEnabled, ImmutableArray<LogPosition> CutOffs) : RightsOperation;

    /// <summary>Adds an authorisation; its id is derived from the commit like a row's.</summary>
    internal sealed record AddAuthorisation(Uid Authorisation, string Name) : RightsOperation;

    internal sealed record NameAuthorisation(Uid Authorisation, string Name) : RightsOperation;

    /// <summary>Sets what an authorisation may do with an entity; <c>*</c> is every entity without a right of its own.</summary>
    internal sealed record SetRight(
        Uid Authorisation, string Entity, bool MutateSelf, bool MutateAll, ImmutableArray<LogPosition> CutOffs) : RightsOperation;

    /// <summary>Raises cut-offs of data logs, and exempts rights commits from the removals its author knew.</summary>
    internal sealed record AdmitCommits(ImmutableArray<LogPosition> Data, ImmutableArray<Hash256> Rights) : RightsOperation;

    /// <summary>Ends a device of the author's own user at a position of its data log.</summary>
    internal sealed record RevokeDevice(LogPosition End) : RightsOperation;

    /// <summary>Of a kind this engine does not know: stored and passed on, without effect here.</summary>
    internal sealed record Unknown(byte Kind) : RightsOperation;
}

/// <summary>The lists of users a room definition has.</summary>
internal enum UserList : byte
{
    Admin = 0,
    User = 1,
    UserAdmin = 2,
}

/// <summary>A place in a device's data log of the room: everything up to this sequence, whose commit has this id.</summary>
internal readonly record struct LogPosition(Uid Device, long Sequence, Hash256 Commit);
