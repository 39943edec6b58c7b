using DiscreetDb.Core;

namespace DiscreetDb.Log;

/// <summary>A whole commit: what was signed, its id, the signature, and the operations.</summary>
internal sealed class Commit(CommitHeader header, Hash256 id, ReadOnlyMemory<byte> signature, CommitBody body)
{
    public CommitHeader Header { get; } = header;

    public CommitPosition Position => Header.Position;

    public Hash256 Id { get; } = id;

    public ReadOnlyMemory<byte> Signature { get; } = signature;

    public CommitBody Body { get; } = body;
}
