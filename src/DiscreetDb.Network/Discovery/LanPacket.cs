using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>
/// A packet of LAN discovery (schema/wire.md "LAN discovery"): where the sender listens, and a tag for each secret it has, which only
/// whoever shares that secret recognises. Tags are bound to the address the packet comes from, so it is of no use to anybody who
/// sends it again from elsewhere. Refused: another version or kind, a port 0, a number of tags that is no power of two up to
/// <see cref="MaxTagCount" />, tags out of order, anything left over.
/// </summary>
internal sealed record LanPacket(LanPacketKind Kind, ReadOnlyMemory<byte> Nonce, uint Minute, ushort Port, IReadOnlyList<ulong> Tags)
{
    public const int NonceSizeBytes = 16;
    public const int MaxTagCount = 128;
    public const int MaxSizeBytes = HeaderSizeBytes + 2 + (MaxTagCount * sizeof(ulong));
    private const int HeaderSizeBytes = 1 + 1 + NonceSizeBytes + sizeof(uint) + sizeof(ushort);
    private const byte Version = 1;
    private const int AddressSizeBytes = 16;

    public byte[] Encode()
    {
        using var writer = new WireWriter(MaxSizeBytes);
        writer.WriteByte(Version);
        writer.WriteByte((byte)Kind);
        writer.WriteRaw(Nonce.Span);
        writer.WriteUInt32(Minute);
        writer.WriteUInt16(Port);
        writer.WriteVarUInt((ulong)Tags.Count);
        foreach (ulong tag in Tags)
        {
            BinaryPrimitives.WriteUInt64BigEndian(writer.Reserve(sizeof(ulong)), tag);
        }

        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out LanPacket? packet)
    {
        packet = null;
        var reader = new WireReader(bytes);
        bool isRead =
            reader.TryReadByte(out byte version)
            & reader.TryReadByte(out byte kind)
            & reader.TryReadRaw(NonceSizeBytes, out ReadOnlySpan<byte> nonce)
            & reader.TryReadUInt32(out uint minute)
            & reader.TryReadUInt16(out ushort port)
            & reader.TryReadCount(MaxTagCount, sizeof(ulong), out int count);
        if (!isRead || version != Version || kind is not ((byte)LanPacketKind.Announcement or (byte)LanPacketKind.Answer) || port == 0 || !int.IsPow2(count))
        {
            return false;
        }

        ulong[] tags = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadRaw(sizeof(ulong), out ReadOnlySpan<byte> tag))
            {
                return false;
            }

            // By their bytes, from the first on.
            tags[i] = BinaryPrimitives.ReadUInt64BigEndian(tag);
            if (i > 0 && tags[i] <= tags[i - 1])
            {
                return false;
            }
        }

        if (!reader.IsComplete)
        {
            return false;
        }

        packet = new LanPacket((LanPacketKind)kind, nonce.ToArray(), minute, port, tags);
        return true;
    }

    /// <summary>The tag of one secret in a packet that is otherwise like this one and comes from the address.</summary>
    public ulong TagOf(PeerSecret secret, IPAddress source)
    {
        using var writer = new WireWriter();
        writer.WriteRaw("lan"u8);
        writer.WriteByte((byte)Kind);
        writer.WriteRaw(Nonce.Span);
        writer.WriteUInt32(Minute);
        writer.WriteUInt16(Port);
        source.MapToIPv6().TryWriteBytes(writer.Reserve(AddressSizeBytes), out _);
        Span<byte> mac = stackalloc byte[Blake3.HashSizeBytes];
        secret.Authenticate(writer.Written, mac);
        return BinaryPrimitives.ReadUInt64BigEndian(mac);
    }

    /// <summary>The same packet with tags for the secrets, filled up with random ones.</summary>
    public LanPacket WithTagsFor(IEnumerable<PeerSecret> secrets, IPAddress source, IRandomSource random)
    {
        var tags = new SortedSet<ulong>(secrets.Select(s => TagOf(s, source)));
        int count = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, tags.Count));
        Span<byte> filling = stackalloc byte[sizeof(ulong)];
        while (tags.Count < count)
        {
            random.Fill(filling);
            tags.Add(BinaryPrimitives.ReadUInt64BigEndian(filling));
        }

        return this with { Tags = [.. tags] };
    }
}
