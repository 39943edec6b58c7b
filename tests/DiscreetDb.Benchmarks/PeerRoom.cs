using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.Rooms;
using DiscreetDb.Storage;

namespace DiscreetDb.Benchmarks;

/// <summary>A database in memory that holds a room of somebody else, and the device that writes in it.</summary>
internal sealed class PeerRoom : IDisposable
{
    private readonly Connection _connection = Connection.Open(":memory:", Sqlite3.OpenReadWrite | Sqlite3.OpenCreate);
    private readonly UserKeys _reader = UserKeys.Derive("example.com/bench", KeyMaterial.Generate());
    private readonly UserKeys _author = UserKeys.Derive("example.com/bench", KeyMaterial.Generate());
    private readonly DeviceKeys _keys = DeviceKeys.Generate(new SystemRandom());
    private readonly CommitLog _log;
    private readonly Hash256 _genesis;
    private readonly Entity _entity;

    public PeerRoom(string model)
    {
        DatabaseFile.Initialize(_connection, "example.com/bench");
        DataModel built = DataModelBuilder.Build(model, version: 1);
        LogOptions options = new()
        {
            User = _reader,
            Model = built,
            OwnRooms = new OwnRooms(_reader.VerifyingKey, _reader.PrivateRoom),
            TimeProvider = TimeProvider.System,
            Random = new SystemRandom(),
        };
        _log = Write(transaction => DatabaseGenesis.Create(transaction, options, new SystemRandom(), "reader"));
        _entity = built.FindCanonical("shop.Item")!;
        Certificate = DeviceCertificate.Create(_author, _keys, "author", Hlc.Zero);
        Commit founding = Found();
        _genesis = founding.Id;
        Start = LogHead.Empty(founding.Position.Room, CommitKind.Data, Certificate);
        Apply([founding]);
    }

    public DeviceCertificate Certificate { get; }

    /// <summary>The data log before its first commit.</summary>
    public LogHead Start { get; }

    /// <summary>Commits that insert rows of 100 bytes.</summary>
    public List<ReadOnlyMemory<byte>> Sign(int count, int rowsEach)
    {
        List<ReadOnlyMemory<byte>> packed = new(count);
        LogHead head = Start;
        for (int i = 0; i < count; i++)
        {
            Hlc hlc = Hlc.FromMilliseconds(1_767_225_600_000 + i);
            using CommitBodyBuilder builder = new();
            for (int row = 0; row < rowsEach; row++)
            {
                builder.TryInsert(
                    _entity, RowId.Derive(head.NextPosition(hlc), row),
                    [new FieldAssignment(_entity.FindField("text")!, Value.Text(new string((char)('a' + (i % 26)), 100)))]);
            }

            CommitBody body = builder.Build();
            Commit commit = Sign(head.Next(hlc, new[] { _genesis }, body), body);
            using WireWriter writer = new();
            CommitCodec.Encode(commit, head, writer);
            packed.Add(writer.ToArray());
            head = head.With(commit);
        }

        return packed;
    }

    public IReadOnlyList<ApplyOutcome> Apply(IReadOnlyList<Commit> commits) => Write(transaction => _log.Intake.Apply(transaction, Certificate, commits));

    public void Dispose()
    {
        _log.Dispose();
        _keys.Dispose();
        _author.Dispose();
        _reader.Dispose();
        _connection.Dispose();
    }

    private Commit Found()
    {
        Uid crew = RightsDraft.StandInOf(1);
        CommitBody body = RightsBody.Build(
            [
                new RightsOperation.Genesis(_author.VerifyingKey, new byte[16]),
                new RightsOperation.AddAuthorisation(crew, "crew"),
                new RightsOperation.SetRight(crew, "*", MutateSelf: true, MutateAll: true, []),
            ],
            [RightsDraft.StandInOf(0), crew, RightsDraft.StandInOf(2)]);
        Hlc hlc = Hlc.FromMilliseconds(1_767_225_000_000);
        Uid room = RoomId.Of(LogHead.Empty(Uid.Zero, CommitKind.Rights, Certificate).Next(hlc, default, body).ComputeId());
        return Sign(LogHead.Empty(room, CommitKind.Rights, Certificate).Next(hlc, default, body), body);
    }

    private Commit Sign(CommitHeader header, CommitBody body)
    {
        byte[] signature = new byte[Ed25519.SignatureSizeBytes];
        header.Sign(_keys.Sign, signature);
        return new Commit(header, header.ComputeId(), signature, body);
    }

    private T Write<T>(Func<WriteTransaction, T> work)
    {
        WriteTransaction transaction = new(_connection);
        _connection.Execute("BEGIN IMMEDIATE");
        T result = work(transaction);
        _connection.Execute("COMMIT");
        return result;
    }
}
