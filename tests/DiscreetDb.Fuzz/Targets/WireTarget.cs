using DiscreetDb.Core;

namespace DiscreetDb.Fuzz.Targets;

/// <summary>The reader below every format: it never throws and never reads beyond its bytes.</summary>
internal sealed class WireTarget : FuzzTarget
{
    public override string Name => "wire-reader";

    public override IReadOnlyList<byte[]> Seeds { get; } = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]];

    public override void Run(byte[] input)
    {
        var reader = new WireReader(input.AsSpan());
        for (int i = 0; i < input.Length && !reader.Failed; i++)
        {
            int position = reader.Position;
            Read(ref reader, input[i] % 4);
            if (reader.Position < position || reader.Position > input.Length)
            {
                throw new BrokenPromise($"the position went from {position} to {reader.Position} of {input.Length}");
            }
        }
    }

    private static void Read(ref WireReader reader, int what)
    {
        switch (what)
        {
            case 0:
                reader.TryReadByte(out _);
                break;
            case 1:
                reader.TryReadBoolean(out _);
                break;
            case 2:
                reader.TryReadVarInt(out _);
                break;
            default:
                reader.TryReadValue(out _);
                break;
        }
    }
}
