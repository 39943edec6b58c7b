using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>
/// The names under which two that share a secret find each other at a third party (schema/wire.md "Meeting tokens"): another one every
/// day, so that nobody without the secret can link two days, or learn who meets whom.
/// </summary>
internal static class MeetingTokens
{
    public const int SizeBytes = Uid.SizeBytes;

    /// <summary>Around midnight UTC the tokens of both days are used: clocks differ.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    /// <summary>The token of a secret on a day, counted from 1970.</summary>
    public static Uid Of(PeerSecret secret, long day) => Derive(secret, "meet"u8, day, 0);

    /// <summary>
    /// The tokens of all secrets now, filled up to a power of two so that the list does not tell how many there are, in the order of
    /// their bytes. The filling is the same all day: what comes and goes would be known as filling.
    /// </summary>
    /// <param name="secrets">Of everybody to be met.</param>
    /// <param name="filling">Known to this user only.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<Uid> ListFor(IReadOnlyList<PeerSecret> secrets, PeerSecret filling, DateTimeOffset now)
    {
        long[] days = [.. new[] { DayOf(now - Overlap), DayOf(now + Overlap) }.Distinct()];
        List<Uid> tokens = [.. secrets.SelectMany(s => days.Select(d => Of(s, d)))];
        int count = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, tokens.Count));
        for (int i = tokens.Count; i < count; i++)
        {
            tokens.Add(Derive(filling, "fill"u8, days[0], (uint)i));
        }

        tokens.Sort();
        return tokens;
    }

    private static long DayOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / (24 * 60 * 60);

    private static Uid Derive(PeerSecret secret, ReadOnlySpan<byte> label, long day, uint index)
    {
        using var writer = new WireWriter();
        writer.WriteRaw(label);
        writer.WriteUInt64((ulong)day);
        if (index > 0)
        {
            writer.WriteUInt32(index);
        }

        Span<byte> mac = stackalloc byte[Blake3.HashSizeBytes];
        secret.Authenticate(writer.Written, mac);
        return new Uid(mac[..SizeBytes]);
    }
}
