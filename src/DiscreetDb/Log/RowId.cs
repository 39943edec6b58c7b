using System.Buffers.Binary;
using DiscreetDb.Core;

namespace DiscreetDb.Log;

/// <summary>
/// Row ids (log.md §2): 48 bits of milliseconds, then ten bytes of a hash of the place in the log. Nobody chooses one, so
/// nobody squats one, and whoever holds the insert knows its author to be the creator.
/// </summary>
internal static class RowId
{
    private const int TimeSizeBytes = 6;
    private const int SeedSizeBytes = 3 + Uid.SizeBytes + Uid.SizeBytes + sizeof(ulong) + sizeof(uint);

    /// <summary>The id of the row that the operation with this index inserts.</summary>
    public static Uid Derive(in CommitPosition position, int index)
    {
        Span<byte> seed = stackalloc byte[SeedSizeBytes];
        WriteSeed(position, index, seed);
        Span<byte> hash = stackalloc byte[Hash256.SizeBytes];
        Blake3.Hash(seed, hash);
        return Compose(position.Hlc, hash);
    }

    /// <summary>The id of an entry of a room's definition: the operation with this index of a rights commit.</summary>
    public static Uid DeriveEntry(in CommitPosition position, int index)
    {
        Span<byte> seed = stackalloc byte[SeedSizeBytes];
        WriteSeed(position, index, seed);
        "def"u8.CopyTo(seed);
        Span<byte> hash = stackalloc byte[Hash256.SizeBytes];
        Blake3.Hash(seed, hash);
        return Compose(position.Hlc, hash);
    }

    private static void WriteSeed(in CommitPosition position, int index, Span<byte> seed)
    {
        "row"u8.CopyTo(seed);
        position.Room.CopyTo(seed[3..]);
        position.Device.CopyTo(seed[19..]);
        BinaryPrimitives.WriteInt64LittleEndian(seed[35..], position.Sequence);
        BinaryPrimitives.WriteInt32LittleEndian(seed[43..], index);
    }

    private static Uid Compose(Hlc hlc, ReadOnlySpan<byte> hash)
    {
        Span<byte> id = stackalloc byte[Uid.SizeBytes];
        BinaryPrimitives.WriteUInt64BigEndian(id, hlc.Value & ~0xFFFFUL);
        hash[..(Uid.SizeBytes - TimeSizeBytes)].CopyTo(id[TimeSizeBytes..]);
        return new Uid(id);
    }
}
