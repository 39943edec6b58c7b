using DiscreetDb.Core;
using DiscreetDb.Log;

namespace DiscreetDb.EngineTests.Log;

/// <summary>A log of a device that signs whatever it likes: commits made by hand, with any content and clock.</summary>
internal sealed class HandLog : IDisposable
{
    private readonly UserKeys _user;
    private readonly DeviceKeys _keys;
    private LogHead _head;

    public HandLog(string user, byte device, Uid room, Hlc? born = null, CommitKind kind = CommitKind.Data)
    {
        _user = UserKeys.Derive("example.com/test", LogPeer.KeyOf(user));
        _keys = DeviceKeys.Generate(new CountingBytes(device));
        Certificate = DeviceCertificate.Create(_user, _keys, $"device {device}", born ?? Hlc.Zero);
        Room = room;
        _head = LogHead.Empty(room, kind, Certificate);
    }

    public Uid Room { get; }

    public DeviceCertificate Certificate { get; }

    public LogHead Head => _head;

    public VerifyingKey User => _user.VerifyingKey;

    public long NextSequence => _head.Sequence + 1;

    public DeviceKeys Keys => _keys;

    /// <summary>The id of the row the operation with this index of the next commit inserts.</summary>
    public Uid RowAt(Hlc hlc, int index) => RowId.Derive(_head.NextPosition(hlc), index);

    /// <summary>Signs a commit of these operations and appends it.</summary>
    public SentCommit Add(Hlc hlc, Action<CommitBodyBuilder> operations, Hash256[]? heads = null)
    {
        using CommitBodyBuilder builder = new();
        operations(builder);
        return Add(hlc, builder.Build(), heads);
    }

    public SentCommit Add(Hlc hlc, CommitBody body, Hash256[]? heads = null)
    {
        CommitHeader header = _head.Next(hlc, heads ?? _head.Heads, body);
        byte[] signature = new byte[Ed25519.SignatureSizeBytes];
        header.Sign(_keys.Sign, signature);
        Commit commit = new(header, header.ComputeId(), signature, body);
        using WireWriter writer = new();
        CommitCodec.Encode(commit, _head, writer);
        SentCommit sent = new(Room, Certificate, commit.Position.Sequence, writer.ToArray(), _head.Kind);
        _head = _head.With(commit);
        return sent;
    }

    public void Dispose()
    {
        _keys.Dispose();
        _user.Dispose();
    }
}
