using System.Security.Cryptography;
using DiscreetDb.Core;

namespace DiscreetDb.Storage;

/// <summary>
/// The raw key of a file and the salt at its head. The salt is a one-way function of the key, so that a file itself tells
/// whether a key is its key: see <see cref="KeyCheck" />.
/// </summary>
internal sealed class DatabaseKey : IDisposable
{
    /// <summary>Size of the key in bytes (AES-256).</summary>
    public const int SizeBytes = 32;

    /// <summary>Size of the salt in bytes, the unencrypted head of the file.</summary>
    public const int SaltSizeBytes = 16;

    /// <summary>Characters of key and salt in hexadecimal.</summary>
    public const int HexLength = (SizeBytes + SaltSizeBytes) * 2;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(SizeBytes + SaltSizeBytes, pinned: true);

    /// <exception cref="ArgumentException">The key is not 32 bytes long.</exception>
    public DatabaseKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != SizeBytes)
        {
            throw new ArgumentException($"The key of a database is {SizeBytes} bytes, not {key.Length}.", nameof(key));
        }

        key.CopyTo(_bytes);
        Blake3.DeriveKey("discreet v1 file salt", key, _bytes.AsSpan(SizeBytes));
    }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, SizeBytes);

    public ReadOnlySpan<byte> Salt => _bytes.AsSpan(SizeBytes);

    /// <summary>Writes key and salt as ASCII.</summary>
    public void WriteHex(Span<byte> ascii)
    {
        Span<byte> digits = ascii[..HexLength];
        for (int i = 0; i < _bytes.Length; i++)
        {
            digits[2 * i] = Digit(_bytes[i] >> 4);
            digits[(2 * i) + 1] = Digit(_bytes[i] & 0xf);
        }
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);

    private static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);
}
