using System.Buffers.Binary;
using System.Collections.Immutable;
using DiscreetDb.Core;
using DiscreetDb.Rooms;

namespace DiscreetDb.EngineTests.Rooms;

/// <summary>Writes rights commits by hand. Users and commits are numbered; a commit's id grows with its number unless given.</summary>
internal sealed class RoomHistory
{
    private readonly List<RightsCommit> _commits = [];
    private int _count;

    public IReadOnlyList<RightsCommit> Commits => _commits;

    public static VerifyingKey User(int number) => new(Bytes(0xA0, number, VerifyingKey.SizeBytes));

    public static Uid Device(int user, int number = 0) => new(Bytes(0xD0 + number, user, Uid.SizeBytes));

    public static Uid Authorisation(int number) => new(Bytes(0xE0, number, Uid.SizeBytes));

    public static Hash256 Id(int number) => new(Bytes(0, number, Hash256.SizeBytes));

    public Hash256 Found(int creator) => Add(creator, [], new RightsOperation.Genesis(User(creator), new byte[16]));

    public Hash256 Add(int author, ImmutableArray<Hash256> parents, params ImmutableArray<RightsOperation> operations) =>
        Add(author, Device(author), parents, operations);

    public Hash256 Add(int author, Uid device, ImmutableArray<Hash256> parents, ImmutableArray<RightsOperation> operations)
    {
        Hash256 id = Id(++_count);
        _commits.Add(new RightsCommit(id, User(author), device, parents, operations));
        return id;
    }

    public RightsGraph Build() => RightsGraph.Build(_commits);

    public static RightsOperation Admin(int user, bool isEnabled = true) =>
        new RightsOperation.SetUser(UserList.Admin, Uid.Zero, User(user), isEnabled, []);

    public static RightsOperation Member(int authorisation, int user, bool isEnabled = true, params ImmutableArray<LogPosition> cutOffs) =>
        new RightsOperation.SetUser(UserList.User, Authorisation(authorisation), User(user), isEnabled, cutOffs);

    public static RightsOperation UserAdmin(int authorisation, int user, bool isEnabled = true) =>
        new RightsOperation.SetUser(UserList.UserAdmin, Authorisation(authorisation), User(user), isEnabled, []);

    public static RightsOperation Authorise(int number, string name = "crew") =>
        new RightsOperation.AddAuthorisation(Authorisation(number), name);

    public static RightsOperation Right(int authorisation, string entity, bool self, bool all, params ImmutableArray<LogPosition> cutOffs) =>
        new RightsOperation.SetRight(Authorisation(authorisation), entity, self, all, cutOffs);

    private static byte[] Bytes(int prefix, int number, int size)
    {
        byte[] bytes = new byte[size];
        bytes[0] = (byte)prefix;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), number);
        return bytes;
    }
}
