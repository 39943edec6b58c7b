using System.Collections.Immutable;
using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.Rooms;

namespace DiscreetDb.Fuzz.Targets;

/// <summary>The logs of one device in one room, and honest commits at their beginning: what damaged ones are made of.</summary>
internal sealed class CommitSeeds
{
    private const string Model = """
        harbour {
          Boat { name: String, length: Float, crew: Integer, afloat: Boolean, photo: Base64, papers: Json, home: harbour.Berth nullable, owners: [harbour.Berth] }
          Berth { code: String nullable }
        }
        """;

    private static readonly DataModel Harbour = DataModelBuilder.Build(Model, 1);
    private static readonly Hlc Now = Hlc.FromMilliseconds(1_767_225_600_000);

    private readonly DeviceKeys _keys = DeviceKeys.Generate(new SeededRandomSource(1));

    public CommitSeeds(CommitKind kind)
    {
        using UserKeys user = UserKeys.Derive("example.com/fuzz", new byte[KeyMaterial.SizeBytes]);
        Certificate = DeviceCertificate.Create(user, _keys, "laptop", Hlc.Zero);
        Start = LogHead.Empty(user.PrivateRoom, kind, Certificate);
    }

    public DeviceCertificate Certificate { get; }

    /// <summary>The log before its first commit.</summary>
    public LogHead Start { get; }

    /// <summary>The place of the first commit.</summary>
    public CommitPosition Position => Start.NextPosition(Now);

    /// <summary>A body with every kind of operation and value; and the same after its values were erased.</summary>
    public IReadOnlyList<CommitBody> DataBodies()
    {
        Entity boat = Harbour.FindCanonical("harbour.Boat")!; // declared above
        Uid row = RowId.Derive(Position, 0);
        Uid other = RowId.Derive(Position, 7);
        using CommitBodyBuilder builder = new();
        builder.TryInsert(boat, row, Values(boat, ("name", Value.Text("Aria é")), ("length", Value.Float(7.5)), ("crew", Value.Integer(-3)),
            ("afloat", Value.Boolean(true)), ("photo", Value.Bytes(new byte[] { 1, 2, 3 })), ("papers", Value.Json("{\"a\":[1,null]}"u8.ToArray())), ("home", Value.Reference(other))));
        builder.TryUpdate(boat, other, Values(boat, ("name", Value.Text("")), ("home", Value.Null)));
        builder.TryLink(OperationKind.Link, boat, row, boat.FindField("owners")!, other); // declared above
        builder.TryLink(OperationKind.Unlink, boat, other, boat.FindField("owners")!, row); // declared above
        builder.TryDelete(boat, other);
        CommitBody body = builder.Build();
        return [body, body.Erase(new HashSet<Uid> { row }), body.Erase(new HashSet<Uid> { row, other })];
    }

    /// <summary>
    /// A genesis, whose room would be another one, so that a packed commit of it is refused; every other operation on a room's
    /// definition; none.
    /// </summary>
    public IReadOnlyList<CommitBody> RightsBodies()
    {
        Uid[] entries = RightsBody.EntriesOf(Position, 12);
        Uid crew = entries[0];
        VerifyingKey user = Certificate.Root;
        ImmutableArray<LogPosition> positions = [new(Certificate.Device, 3, Blake3.Hash("commit"u8))];
        RightsOperation[] changes =
        [
            new RightsOperation.AddAuthorisation(crew, "crew"),
            new RightsOperation.SetUser(UserList.Admin, Uid.Zero, user, true, []),
            new RightsOperation.SetUser(UserList.User, crew, user, false, positions),
            new RightsOperation.SetUser(UserList.UserAdmin, Start.Room, user, true, []),
            new RightsOperation.SetRight(crew, "*", true, false, positions),
            new RightsOperation.NameAuthorisation(crew, ""),
            new RightsOperation.AdmitCommits(positions, [Blake3.Hash("rights"u8)]),
            new RightsOperation.RevokeDevice(positions[0]),
        ];
        return
        [
            RightsBody.Build([new RightsOperation.Genesis(user, new byte[16])], entries.AsSpan(0, 1)),
            RightsBody.Build(changes, entries.AsSpan(0, changes.Length)),
            RightsBody.Build([], []),
        ];
    }

    /// <summary>The first commit of the log with this body, signed and packed; the second one has rights heads.</summary>
    public IReadOnlyList<byte[]> Packed(IReadOnlyList<CommitBody> bodies) =>
        [.. bodies.SelectMany(body => new[] { Pack(body, []), Pack(body, [Blake3.Hash("head"u8)]) })];

    private static FieldAssignment[] Values(Entity entity, params (string Field, Value Value)[] values) =>
        [.. values.Select(v => new FieldAssignment(entity.FindField(v.Field)!, v.Value)).OrderBy(v => v.Field.LogName, StringComparer.Ordinal)]; // declared above

    private byte[] Pack(CommitBody body, Hash256[] heads)
    {
        CommitHeader header = Start.Next(Now, heads, body);
        byte[] signature = new byte[Ed25519.SignatureSizeBytes];
        header.Sign(_keys.Sign, signature);
        using WireWriter writer = new();
        CommitCodec.Encode(new Commit(header, header.ComputeId(), signature, body), Start, writer);
        return writer.ToArray();
    }
}
