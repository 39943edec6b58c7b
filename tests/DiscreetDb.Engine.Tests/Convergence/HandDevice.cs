using System.Collections.Concurrent;
using DiscreetDb.Core;
using DiscreetDb.EngineTests.Log;
using DiscreetDb.Log;

namespace DiscreetDb.EngineTests.Convergence;

/// <summary>A device that signs what it is told, behind any commit of its logs: also twice behind the same.</summary>
internal sealed class HandDevice
{
    // Keys are derived once for all histories; they are what takes long.
    private static readonly ConcurrentDictionary<(int User, int Number), (DeviceKeys Keys, DeviceCertificate Certificate)> Made = new();

    private readonly DeviceKeys _keys;

    private HandDevice(DeviceKeys keys, DeviceCertificate certificate)
    {
        _keys = keys;
        Certificate = certificate;
    }

    public DeviceCertificate Certificate { get; }

    public VerifyingKey User => Certificate.Root;

    public Uid Device => Certificate.Device;

    /// <summary>The rights commits it has heard of.</summary>
    public HashSet<Hash256> Known { get; } = [];

    /// <summary>The end of its rights log.</summary>
    public LogHead Rights { get; set; } = null!; // Enter sets it before anything is signed

    /// <summary>Every place of its data log it can write behind, the newest last.</summary>
    public List<LogHead> Data { get; } = [];

    public static HandDevice Of(int user, int number)
    {
        (DeviceKeys keys, DeviceCertificate certificate) = Made.GetOrAdd((user, number), Make);
        return new HandDevice(keys, certificate);
    }

    public void Enter(Uid room)
    {
        Rights = LogHead.Empty(room, CommitKind.Rights, Certificate);
        Data.Add(LogHead.Empty(room, CommitKind.Data, Certificate));
    }

    public (SentCommit Sent, LogHead Head) Sign(LogHead after, Hlc hlc, Hash256[] heads, CommitBody body)
    {
        CommitHeader header = after.Next(hlc, heads, body);
        byte[] signature = new byte[Ed25519.SignatureSizeBytes];
        header.Sign(_keys.Sign, signature);
        Commit commit = new(header, header.ComputeId(), signature, body);
        using WireWriter writer = new();
        CommitCodec.Encode(commit, after, writer);
        return (new SentCommit(after.Room, Certificate, commit.Position.Sequence, writer.ToArray(), after.Kind), after.With(commit));
    }

    private static (DeviceKeys Keys, DeviceCertificate Certificate) Make((int User, int Number) name)
    {
        using UserKeys user = UserKeys.Derive("example.com/test", LogPeer.KeyOf($"member {name.User}"));
        DeviceKeys keys = DeviceKeys.Generate(new CountingBytes((byte)((name.User * 40) + (name.Number * 3))));
        return (keys, DeviceCertificate.Create(user, keys, $"device {name.Number}", Hlc.Zero));
    }
}
