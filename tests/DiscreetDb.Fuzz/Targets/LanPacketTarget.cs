using DiscreetDb.Network;

namespace DiscreetDb.Fuzz.Targets;

/// <summary>Packets anybody on the local network may send.</summary>
internal sealed class LanPacketTarget : FuzzTarget
{
    public override string Name => "lan-packet";

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        new LanPacket(LanPacketKind.Announcement, new byte[16], 29_453_760, 4_711, [1, 2, 3, 4]).Encode(),
        new LanPacket(LanPacketKind.Answer, new byte[16], 29_453_760, 4_711, [5]).Encode(),
    ];

    public override void Run(byte[] input)
    {
        if (LanPacket.TryDecode(input, out LanPacket? packet) && !packet.Encode().AsSpan().SequenceEqual(input))
        {
            throw new BrokenPromise("decoded and encoded again it is another packet");
        }
    }
}
