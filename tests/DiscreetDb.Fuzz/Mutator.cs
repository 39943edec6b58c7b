using System.Text;
using DiscreetDb.TestKit;

namespace DiscreetDb.Fuzz;

/// <summary>Random bytes, and valid input with random damage.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds, SeededRandom random)
{
    private const int LongestRandom = 300;
    private const int MostRepeats = 20_000;
    private const int LargestSizeBytes = 200_000;

    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "{", "}", "(", ")", "[", "]", ":", ",", ".", "$", "\"", "\\", "//", "->", "->$.a[0]", "\\u0000", "\\ud800", "-", "0", "1e999", "9223372036854775808",
            "null", "true", "query", "mutate", "delete", "order_by", "search", "first", "after", "nullable", "count()", "id", "room_id", "sys.Room", "\uFEFF", "é", "😀",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly byte[] Edges = [0, 1, 0x7F, 0x80, 0xFF, 0xC0, 0xED, 0xF4, (byte)'"', (byte)'\\', (byte)'\n'];

    public byte[] Next()
    {
        if (seeds.Count == 0 || random.Chance(10))
        {
            return random.Bytes(random.Below(LongestRandom));
        }

        byte[] input = random.Pick(seeds);
        for (int i = random.Between(1, 6); i > 0; i--)
        {
            input = Damage(input);
        }

        return input.Length <= LargestSizeBytes ? input : input[..LargestSizeBytes];
    }

    private byte[] Damage(byte[] input)
    {
        int at = random.Below(input.Length + 1);
        int count = random.Below(Math.Min(input.Length - at, 40) + 1);
        return random.Below(9) switch
        {
            0 => Replace(input, at, count, []),
            1 => Replace(input, at, 0, random.Pick(Tokens)),
            2 => Replace(input, at, count, random.Pick(Tokens)),
            3 => Replace(input, at, 0, random.Bytes(random.Between(1, 8))),
            4 => input[..at],
            5 => Flip(input, at),
            6 => Replace(input, at, Math.Min(1, input.Length - at), [random.Pick(Edges)]),
            7 => Repeat(input, at, count),
            _ => Splice(input, at),
        };
    }

    private byte[] Flip(byte[] input, int at)
    {
        byte[] copy = [.. input];
        if (at < copy.Length)
        {
            copy[at] ^= (byte)(1 << random.Below(8));
        }

        return copy;
    }

    /// <summary>Depth is found by repeating an opening a few times, or very often.</summary>
    private byte[] Repeat(byte[] input, int at, int count)
    {
        byte[] piece = input[at..(at + count)];
        int repeats = random.Chance(5) ? random.Between(1, MostRepeats) : random.Between(1, 70);
        repeats = Math.Min(repeats, LargestSizeBytes / Math.Max(1, piece.Length));
        return Replace(input, at, 0, [.. Enumerable.Repeat(piece, repeats).SelectMany(p => p)]);
    }

    private byte[] Splice(byte[] input, int at)
    {
        byte[] other = random.Pick(seeds);
        return [.. input[..at], .. other[random.Below(other.Length + 1)..]];
    }

    private static byte[] Replace(byte[] input, int at, int count, byte[] with) => [.. input[..at], .. with, .. input[(at + count)..]];
}
