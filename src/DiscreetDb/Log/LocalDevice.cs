using System.Security.Cryptography;
using DiscreetDb.Core;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>The device a database file is: its keys and certificate, born with the file and stored inside it (log.md §1).</summary>
internal static class LocalDevice
{
    /// <summary>Mints a device of the user and stores it.</summary>
    public static DeviceKeys Mint(WriteTransaction transaction, LogStore store, UserKeys user, IRandomSource random, string deviceName, Hlc hlc, out Author author)
    {
        DeviceKeys keys = DeviceKeys.Generate(random);
        author = store.Authors.Intern(transaction, DeviceCertificate.Create(user, keys, deviceName, hlc));
        Span<byte> seeds = stackalloc byte[DeviceKeys.SeedsSizeBytes];
        keys.CopySeeds(seeds);
        MetaTable.Set(transaction.Connection, MetaTable.DeviceSeeds, seeds);
        CryptographicOperations.ZeroMemory(seeds);
        MetaTable.Set(transaction.Connection, MetaTable.DeviceCertificate, author.Certificate.Hash.ToByteArray());
        return keys;
    }

    /// <summary>Loads the device and checks that keys, certificate and user belong together.</summary>
    /// <exception cref="DiscreetException">DatabaseCorrupt, WrongKey.</exception>
    public static DeviceKeys Load(LogStore store, UserKeys user, out Author author)
    {
        byte[] seeds = MetaTable.GetBlob(store.Connection, MetaTable.DeviceSeeds) ?? throw Missing("keys");
        byte[] hash = MetaTable.GetBlob(store.Connection, MetaTable.DeviceCertificate) ?? throw Missing("certificate");
        if (seeds.Length != DeviceKeys.SeedsSizeBytes || hash.Length != Hash256.SizeBytes)
        {
            throw Missing("keys");
        }

        author = store.Authors.Find(new Hash256(hash)) ?? throw Missing("certificate");
        DeviceKeys keys = DeviceKeys.FromSeeds(seeds);
        CryptographicOperations.ZeroMemory(seeds);
        if (author.Certificate.Device == keys.Device && author.User == user.VerifyingKey)
        {
            return keys;
        }

        keys.Dispose();
        throw author.User == user.VerifyingKey
            ? new DiscreetException(ErrorCode.DatabaseCorrupt, $"The certificate in the database is for device {author.Certificate.Device}, its keys are those of another one.")
            : new DiscreetException(ErrorCode.WrongKey, $"The database belongs to user {author.User}, not to {user.VerifyingKey}.");
    }

    private static DiscreetException Missing(string what) =>
        new(ErrorCode.DatabaseCorrupt, $"The database does not hold the {what} of its device. Restore a backup, or synchronise into a new database.");
}
