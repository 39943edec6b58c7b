using System.Text.Encodings.Web;
using System.Text.Json;
using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.TestKit;

namespace DiscreetDb.EngineTests.Log;

/// <summary>The vectors of <c>schema/wire.md</c>: made again here, byte for byte, and compared with the file a second implementation reads.</summary>
public sealed class CommitVectorTests
{
    private const string Model = "harbour { Boat { name: String, length: Float nullable, crew: Integer nullable, insured: Boolean nullable, papers: Json nullable, photo: Base64 nullable, home: harbour.Boat, sisters: [harbour.Boat] } }";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Uid Room = Uid.Parse("AAECAwQFBgcICQoLDA0ODw");
    private static readonly Entity Boat = DataModelBuilder.Build(Model, 1).FindCanonical("harbour.Boat")!;
    private static readonly Hash256[] Heads = [.. new[] { Blake3.Hash("head 1"u8), Blake3.Hash("head 2"u8) }.Order()];

    [Fact]
    public void Commits_are_those_of_the_vectors()
    {
        string made = JsonSerializer.Serialize(Make(), Indented) + "\n";
        string path = Repository.PathOf("tests", "vectors", "commits.json");
        if (!File.Exists(path) || File.ReadAllText(path) != made)
        {
            string received = Path.ChangeExtension(path, ".received.json");
            File.WriteAllText(received, made);
            Assert.Fail($"The vectors differ; what was made is in {received}.");
        }
    }

    [Fact]
    public void Vectors_verify()
    {
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests", "vectors", "commits.json")));
        Assert.True(DeviceCertificate.TryDecode(Bytes(vectors.RootElement, "certificate"), out DeviceCertificate? certificate));
        Assert.True(certificate.Verify());
        LogHead head = LogHead.Empty(Room, CommitKind.Data, certificate);
        foreach (JsonElement vector in vectors.RootElement.GetProperty("commits").EnumerateArray())
        {
            Assert.True(CommitVerifier.TryVerify(Bytes(vector, "packed"), head, certificate, out Commit? commit, out CommitFault fault), fault.ToString());
            Assert.Equal(Bytes(vector, "id"), commit.Id.ToByteArray());
            Assert.True(CommitVerifier.TryVerify(Bytes(vector, "packed without values"), head, certificate, out Commit? erased, out fault), fault.ToString());
            Assert.Equal(commit.Id, erased.Id);
            head = head.With(commit);
        }

        Assert.Equal(3, head.Sequence);
    }

    private static byte[] Bytes(JsonElement element, string name) => Convert.FromHexString(element.GetProperty(name).GetString()!);

    private static Dictionary<string, object> Make()
    {
        Hlc hlc = new((1_767_225_600_000UL << 16) + 7);
        using HandLog log = new("ann", 64, Room, Hlc.FromMilliseconds(1_767_225_600_000));
        Uid aria = log.RowAt(hlc, 0);
        Uid borea = log.RowAt(hlc, 1);
        List<object> commits = [];
        commits.Add(Vector(log, hlc, [],
            "insert a harbour.Boat with one value of each type, insert another, link them",
            builder =>
            {
                builder.TryInsert(Boat, aria,
                [
                    Of("name", Value.Text("Aria")), Of("length", Value.Float(7.5)), Of("crew", Value.Integer(-300)), Of("insured", Value.Boolean(true)),
                    Of("papers", Value.Json("{\"kw\":40}"u8.ToArray())), Of("photo", Value.Bytes(new byte[] { 1, 2, 3 })), Of("home", Value.Reference(borea)),
                    new FieldAssignment(Boat.FindField("_binary")!, Value.Bytes(new byte[] { 255 })),
                ]);
                builder.TryInsert(Boat, borea, [Of("name", Value.Text("Boréa"))]);
                builder.TryLink(OperationKind.Link, Boat, aria, Boat.FindField("sisters")!, borea);
            }));
        commits.Add(Vector(log, new Hlc(hlc.Value + 1), Heads,
            "under two rights heads, clear two fields of the first and unlink",
            builder =>
            {
                builder.TryUpdate(Boat, aria, [Of("length", Value.Null), Of("home", Value.Null)]);
                builder.TryLink(OperationKind.Unlink, Boat, aria, Boat.FindField("sisters")!, borea);
            }));
        commits.Add(Vector(log, new Hlc(hlc.Value + (5_000UL << 16)), Heads,
            "under the same heads, delete the second",
            builder => builder.TryDelete(Boat, borea)));
        return new Dictionary<string, object>
        {
            ["room"] = Hex(Room.ToByteArray()),
            ["sign seed"] = Hex([.. Enumerable.Range(64, 32).Select(i => (byte)i)]),
            ["certificate"] = Hex(log.Certificate.Encoded.ToArray()),
            ["certificate hash"] = Hex(log.Certificate.Hash.ToByteArray()),
            ["commits"] = commits,
        };
    }

    private static Dictionary<string, object> Vector(HandLog log, Hlc hlc, Hash256[] heads, string what, Action<CommitBodyBuilder> operations)
    {
        LogHead before = log.Head;
        SentCommit sent = log.Add(hlc, operations, heads);
        Assert.True(CommitCodec.TryDecode(sent.Packed, before, out Commit? commit, out _));
        CommitBody erased = commit.Body.Erase(commit.Body.Operations.ToArray().Select(operation => operation.Row).ToHashSet());
        byte[] header = new byte[CommitHeader.MaxSizeBytes];
        int size = commit.Header.Write(header);
        return new Dictionary<string, object>
        {
            ["operations"] = what,
            ["sequence"] = sent.Sequence,
            ["clock"] = hlc.Value,
            ["rights heads"] = heads.Select(head => Hex(head.ToByteArray())).ToList(),
            ["rows"] = commit.Body.Operations.ToArray().Select(operation => Hex(operation.Row.ToByteArray())).ToList(),
            ["operation hashes"] = Enumerable.Range(0, commit.Body.Operations.Length).Select(i => Hex(commit.Body.ComputeOperationHash(i).ToByteArray())).ToList(),
            ["body"] = Hex(commit.Body.Bytes.ToArray()),
            ["header"] = Hex(header[..size]),
            ["id"] = Hex(commit.Id.ToByteArray()),
            ["signature"] = Hex(commit.Signature.ToArray()),
            ["packed"] = Hex(sent.Packed),
            ["packed without values"] = Hex(Packed(new Commit(commit.Header, commit.Id, commit.Signature, erased), before)),
        };
    }

    private static byte[] Packed(Commit commit, LogHead before)
    {
        using WireWriter writer = new();
        CommitCodec.Encode(commit, before, writer);
        return writer.ToArray();
    }

    private static FieldAssignment Of(string field, Value value) => new(Boat.FindField(field)!, value);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
