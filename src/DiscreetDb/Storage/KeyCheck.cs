using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DiscreetDb.Storage;

/// <summary>
/// Tells a wrong key from a damaged file. SQLCipher cannot: both are "not a database" when the first page does not verify.
/// </summary>
/// <remarks>
/// The head of a file is its salt, which <see cref="DatabaseKey" /> derives from the key: the right salt means the right
/// key, so the page behind it is damaged. With another salt the head itself may be damaged: then pages spread over the
/// file are verified with the key. One that verifies proves the key; none means that the key is wrong. A page ends
/// with its 16-byte IV and an HMAC-SHA256 over content, IV and page number (SQLCipher 4, <c>sqlcipher_page_hmac</c>); the
/// key of the MAC is derived from the raw key with the KDF that SQLCipher 4 has by default.
/// Runs only while no connection is open: closing a file drops the locks SQLite holds on it.
/// </remarks>
internal static class KeyCheck
{
    public const int PageSizeBytes = 4_096;

    private const int SampleCount = 16;
    private const int MacSizeBytes = HMACSHA256.HashSizeInBytes;
    private const int MacKeyIterations = 2;
    private const byte MacSaltMask = 0x3a;

    /// <summary>What is wrong with a file whose first page does not verify: <c>WrongKey</c> or <c>DatabaseCorrupt</c>.</summary>
    public static ErrorCode Explain(string path, DatabaseKey key)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        Span<byte> salt = stackalloc byte[DatabaseKey.SaltSizeBytes];
        if (file.ReadAtLeast(salt, salt.Length, throwOnEndOfStream: false) < salt.Length)
        {
            return ErrorCode.DatabaseCorrupt;
        }

        return salt.SequenceEqual(key.Salt) || HasPageOf(file, key) ? ErrorCode.DatabaseCorrupt : ErrorCode.WrongKey;
    }

    private static bool HasPageOf(FileStream file, DatabaseKey key)
    {
        Span<byte> macKey = stackalloc byte[DatabaseKey.SizeBytes];
        DeriveMacKey(key, macKey);
        byte[] page = new byte[PageSizeBytes];
        long pages = file.Length / PageSizeBytes;
        long step = Math.Max(1, pages / SampleCount);
        for (long number = Math.Min(2, pages); number >= 1 && number <= pages; number += step)
        {
            file.Position = (number - 1) * PageSizeBytes;
            if (file.ReadAtLeast(page, PageSizeBytes, throwOnEndOfStream: false) == PageSizeBytes && Verifies(page, number, macKey))
            {
                return true;
            }
        }

        return false;
    }

    private static void DeriveMacKey(DatabaseKey key, Span<byte> macKey)
    {
        Span<byte> salt = stackalloc byte[DatabaseKey.SaltSizeBytes];
        key.Salt.CopyTo(salt);
        foreach (ref byte b in salt)
        {
            b ^= MacSaltMask;
        }

        Rfc2898DeriveBytes.Pbkdf2(key.Bytes, salt, macKey, MacKeyIterations, HashAlgorithmName.SHA512);
    }

    private static bool Verifies(ReadOnlySpan<byte> page, long number, ReadOnlySpan<byte> macKey)
    {
        int start = number == 1 ? DatabaseKey.SaltSizeBytes : 0;
        Span<byte> pageNumber = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(pageNumber, (uint)number);
        using IncrementalHash mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, macKey);
        mac.AppendData(page[start..^MacSizeBytes]);
        mac.AppendData(pageNumber);
        Span<byte> expected = stackalloc byte[MacSizeBytes];
        mac.GetHashAndReset(expected);
        return CryptographicOperations.FixedTimeEquals(expected, page[^MacSizeBytes..]);
    }
}
