using System.Diagnostics;
using System.Security.Cryptography;

namespace DiscreetDb.Core;

/// <summary>
/// Key material as 24 English words (BIP-39): 256 bits and the first 8 bits of their SHA-256, eleven bits a word.
/// Reading takes any case and white space, and refuses a word that is not in the list, another number of words and a
/// wrong checksum.
/// </summary>
internal static class RecoveryPhrase
{
    public const int WordCount = 24;

    private const int BitsPerWord = 11;

    private static readonly Lazy<string[]> Words = new(Load);

    public static string Write(ReadOnlySpan<byte> keyMaterial)
    {
        Span<byte> bits = stackalloc byte[KeyMaterial.SizeBytes + 1];
        keyMaterial.CopyTo(bits);
        bits[KeyMaterial.SizeBytes] = Checksum(keyMaterial);
        string[] words = new string[WordCount];
        for (int word = 0; word < WordCount; word++)
        {
            words[word] = Words.Value[ReadBits(bits, word * BitsPerWord)];
        }

        CryptographicOperations.ZeroMemory(bits);
        return string.Join(' ', words);
    }

    /// <exception cref="DiscreetException">
    /// InvalidKeyMaterial; the message says which word or what else, and never the words.
    /// </exception>
    public static void Read(string phrase, Span<byte> keyMaterial)
    {
        string[] words = phrase.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != WordCount)
        {
            throw Invalid($"A recovery phrase has {WordCount} words; this one has {words.Length}.");
        }

        Span<byte> bits = stackalloc byte[KeyMaterial.SizeBytes + 1];
        bits.Clear();
        for (int word = 0; word < WordCount; word++)
        {
            int number = Array.BinarySearch(Words.Value, words[word], StringComparer.Ordinal);
            if (number < 0)
            {
                throw Invalid($"Word {word + 1} of the recovery phrase is not in the list; check its spelling.");
            }

            WriteBits(bits, word * BitsPerWord, number);
        }

        bits[..KeyMaterial.SizeBytes].CopyTo(keyMaterial);
        bool isIntact = bits[KeyMaterial.SizeBytes] == Checksum(keyMaterial);
        CryptographicOperations.ZeroMemory(bits);
        if (!isIntact)
        {
            CryptographicOperations.ZeroMemory(keyMaterial);
            throw Invalid("The checksum of the recovery phrase is wrong: a word is another one, or two changed places.");
        }
    }

    private static DiscreetException Invalid(string message) => new(ErrorCode.InvalidKeyMaterial, message);

    private static byte Checksum(ReadOnlySpan<byte> keyMaterial)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(keyMaterial, hash);
        return hash[0];
    }

    private static int ReadBits(ReadOnlySpan<byte> bits, int start)
    {
        int number = 0;
        for (int bit = start; bit < start + BitsPerWord; bit++)
        {
            number = (number << 1) | ((bits[bit / 8] >> (7 - (bit % 8))) & 1);
        }

        return number;
    }

    private static void WriteBits(Span<byte> bits, int start, int number)
    {
        for (int bit = 0; bit < BitsPerWord; bit++)
        {
            int value = (number >> (BitsPerWord - 1 - bit)) & 1;
            bits[(start + bit) / 8] |= (byte)(value << (7 - ((start + bit) % 8)));
        }
    }

    private static string[] Load()
    {
        using Stream stream = typeof(RecoveryPhrase).Assembly.GetManifestResourceStream("bip39-english.txt") ?? throw new UnreachableException();
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
    }
}
