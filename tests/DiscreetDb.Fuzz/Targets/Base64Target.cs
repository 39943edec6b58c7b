using System.Text;

namespace DiscreetDb.Fuzz.Targets;

/// <summary>Base64url: one value, one text.</summary>
internal sealed class Base64Target : FuzzTarget
{
    public override string Name => "base64url";

    public override IReadOnlyList<byte[]> Seeds { get; } = [.. new[] { "", "AA", "QUJD", "b_-0", "AAAAAAAAAAAAAAAAAAAAAA" }.Select(Encoding.UTF8.GetBytes)];

    public override void Run(byte[] input)
    {
        string text = Encoding.Latin1.GetString(input);
        byte[] bytes = new byte[Base64Url.GetMaxSizeBytes(text.Length)];
        bool isTaken = Base64Url.TryDecode(text, bytes, out int size);
        bool isTakenAsBytes = Base64Url.TryDecode(input, new byte[bytes.Length], out _);
        if (isTaken != isTakenAsBytes)
        {
            throw new BrokenPromise("characters and bytes are judged differently");
        }

        if (isTaken && Base64Url.Encode(bytes.AsSpan(0, size)) != text)
        {
            throw new BrokenPromise("decoded and encoded again it is another text");
        }

        if (Uid.TryParse(text, out Uid uid) && uid.ToString() != text)
        {
            throw new BrokenPromise("the id has another text");
        }
    }
}
