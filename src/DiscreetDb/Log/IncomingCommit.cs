using DiscreetDb.Core;

namespace DiscreetDb.Log;

/// <summary>A commit as a peer sends it: its place, and its packed form. The certificate travels with the first of a log.</summary>
internal sealed record IncomingCommit(
    Uid Room, CommitKind Kind, Uid Device, DeviceCertificate? Certificate, long Sequence, ReadOnlyMemory<byte> Packed);
