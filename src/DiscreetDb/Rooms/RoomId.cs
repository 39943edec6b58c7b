using DiscreetDb.Core;

namespace DiscreetDb.Rooms;

/// <summary>Ids of shared rooms: they follow from the founding commit, so no room can be given a second history (log.md §4.2).</summary>
internal static class RoomId
{
    public static Uid Of(Hash256 genesis)
    {
        Span<byte> seed = stackalloc byte[4 + Hash256.SizeBytes];
        "room"u8.CopyTo(seed);
        genesis.CopyTo(seed[4..]);
        Span<byte> hash = stackalloc byte[Hash256.SizeBytes];
        Blake3.Hash(seed, hash);
        return new Uid(hash[..Uid.SizeBytes]);
    }
}
