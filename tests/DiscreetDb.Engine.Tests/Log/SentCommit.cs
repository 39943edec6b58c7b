using DiscreetDb.Core;
using DiscreetDb.Log;

namespace DiscreetDb.EngineTests.Log;

/// <summary>A commit on its way to another device.</summary>
internal sealed record SentCommit(Uid Room, DeviceCertificate Certificate, long Sequence, byte[] Packed, CommitKind Kind = CommitKind.Data)
{
    public IncomingCommit Incoming => new(Room, Kind, Certificate.Device, Certificate, Sequence, Packed);
}
