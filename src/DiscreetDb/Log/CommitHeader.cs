using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;
using DiscreetDb.Rooms;

namespace DiscreetDb.Log;

/// <summary>
/// What a commit's signature covers (<c>schema/wire.md</c>, "Commit header"): its place in the log, the commit before it,
/// the author's certificate, its time, the rights it was made under, and the root over its operations. Never stored or
/// sent as it is; both sides compose it from what they hold.
/// </summary>
internal sealed class CommitHeader
{
    private const int FixedSizeBytes =
        1 + 1 + Uid.SizeBytes + Uid.SizeBytes + sizeof(ulong) + Hash256.SizeBytes + Hash256.SizeBytes + sizeof(ulong) + 1 + sizeof(ushort) + Hash256.SizeBytes;

    public const int MaxSizeBytes = FixedSizeBytes + (Limits.RightsHeadCount * Hash256.SizeBytes);

    /// <summary>Place and time. In a genesis commit, whose room follows from its id, zero stands for the room.</summary>
    public required CommitPosition Position { get; init; }

    /// <summary>Whether it founds its room: first in its log, on nothing, and beginning with a genesis operation.</summary>
    public bool IsGenesis { get; init; }

    /// <summary>Whether the room is the one a genesis commit founds; true of any other commit.</summary>
    public bool IsOfItsRoom => !IsGenesis || Position.Room == RoomId.Of(ComputeId());

    /// <summary>Id of the commit before it in the same log; zero for the first.</summary>
    public required Hash256 Previous { get; init; }

    /// <summary>Hash of the author's device certificate.</summary>
    public required Hash256 Certificate { get; init; }

    /// <summary>The maximal counting rights commits the author knew, ascending.</summary>
    public required ReadOnlyMemory<Hash256> Heads { get; init; }

    public required int OperationCount { get; init; }

    /// <summary>Root over the names and the operation hashes.</summary>
    public required Hash256 Root { get; init; }

    /// <summary>Writes the canonical form; returns its size.</summary>
    public int Write(Span<byte> destination)
    {
        destination[0] = CommitBody.Version;
        destination[1] = (byte)Position.Kind;
        (IsGenesis ? Uid.Zero : Position.Room).CopyTo(destination[2..]);
        Position.Device.CopyTo(destination[18..]);
        BinaryPrimitives.WriteInt64LittleEndian(destination[34..], Position.Sequence);
        Previous.CopyTo(destination[42..]);
        Certificate.CopyTo(destination[74..]);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[106..], Position.Hlc.Value);
        destination[114] = (byte)Heads.Length;
        int size = 115;
        foreach (Hash256 head in Heads.Span)
        {
            head.CopyTo(destination[size..]);
            size += Hash256.SizeBytes;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(destination[size..], (ushort)OperationCount);
        Root.CopyTo(destination[(size + sizeof(ushort))..]);
        return size + sizeof(ushort) + Hash256.SizeBytes;
    }

    /// <summary>Reads the canonical form of a header that founds no room; false for anything else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out CommitHeader? header)
    {
        header = null;
        WireReader reader = new(bytes);
        if (!reader.TryReadByte(out byte version) || version != CommitBody.Version
            || !reader.TryReadByte(out byte kind) || kind is not ((byte)CommitKind.Data or (byte)CommitKind.Rights)
            || !reader.TryReadUid(out Uid room) || !reader.TryReadUid(out Uid device)
            || !reader.TryReadUInt64(out ulong sequence) || sequence is 0 or > (ulong)CommitNumber.MaxSequence
            || !reader.TryReadHash(out Hash256 previous) || previous.IsZero != (sequence == 1)
            || !reader.TryReadHash(out Hash256 certificate) || !reader.TryReadHlc(out Hlc hlc)
            || !reader.TryReadByte(out byte headCount) || headCount > Limits.RightsHeadCount)
        {
            return false;
        }

        Hash256[] heads = new Hash256[headCount];
        for (int i = 0; i < headCount; i++)
        {
            if (!reader.TryReadHash(out heads[i]) || (i > 0 && heads[i].CompareTo(heads[i - 1]) <= 0))
            {
                return false;
            }
        }

        if (!reader.TryReadUInt16(out ushort count) || count > Limits.CommitOperationCount || !reader.TryReadHash(out Hash256 root) || !reader.IsComplete)
        {
            return false;
        }

        header = new CommitHeader
        {
            Position = new CommitPosition(room, device, (CommitKind)kind, (long)sequence, hlc),
            Previous = previous,
            Certificate = certificate,
            Heads = heads,
            OperationCount = count,
            Root = root,
        };
        return true;
    }

    /// <summary>The id of the commit: the hash of the header.</summary>
    public Hash256 ComputeId()
    {
        Span<byte> header = stackalloc byte[MaxSizeBytes];
        return Blake3.Hash(header[..Write(header)]);
    }

    public void Sign(SigningKey key, Span<byte> signature)
    {
        Span<byte> header = stackalloc byte[MaxSizeBytes];
        DomainSignature.Sign(key, SignedKind.Commit, header[..Write(header)], signature);
    }

    public bool Verify(ReadOnlySpan<byte> signKey, ReadOnlySpan<byte> signature)
    {
        Span<byte> header = stackalloc byte[MaxSizeBytes];
        return DomainSignature.Verify(signKey, SignedKind.Commit, header[..Write(header)], signature);
    }
}
