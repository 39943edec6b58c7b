using System.Security.Cryptography;

namespace DiscreetDb.Core;

/// <summary>The two keys of a device: random, born with a database file and stored inside it.</summary>
internal sealed class DeviceKeys : IDisposable
{
    public const int SeedsSizeBytes = 2 * Ed25519.SeedSizeBytes;

    private DeviceKeys(ReadOnlySpan<byte> seeds)
    {
        Sign = SigningKey.FromSeed(seeds[..Ed25519.SeedSizeBytes]);
        Auth = SigningKey.FromSeed(seeds[Ed25519.SeedSizeBytes..]);
        Device = DeviceOf(Sign.PublicKey);
    }

    /// <summary>Commits only.</summary>
    public SigningKey Sign { get; }

    /// <summary>Connection handshakes only.</summary>
    public SigningKey Auth { get; }

    public Uid Device { get; }

    public static DeviceKeys Generate(IRandomSource random)
    {
        Span<byte> seeds = stackalloc byte[SeedsSizeBytes];
        random.Fill(seeds);
        var keys = new DeviceKeys(seeds);
        CryptographicOperations.ZeroMemory(seeds);
        return keys;
    }

    /// <summary>Sign seed ‖ auth seed, as <see cref="CopySeeds" /> wrote them.</summary>
    /// <exception cref="ArgumentException">Not 64 bytes.</exception>
    public static DeviceKeys FromSeeds(ReadOnlySpan<byte> seeds) =>
        seeds.Length == SeedsSizeBytes
            ? new DeviceKeys(seeds)
            : throw new ArgumentException($"The seeds of a device are {SeedsSizeBytes} bytes, not {seeds.Length}.", nameof(seeds));

    /// <summary>The id of the device with this public signing key.</summary>
    public static Uid DeviceOf(ReadOnlySpan<byte> signPublicKey) => DerivedUid.Of("device"u8, signPublicKey);

    /// <summary>Writes 64 secret bytes, to be stored in the encrypted database only.</summary>
    public void CopySeeds(Span<byte> destination)
    {
        Sign.Seed.CopyTo(destination);
        Auth.Seed.CopyTo(destination[Ed25519.SeedSizeBytes..]);
    }

    public void Dispose()
    {
        Sign.Dispose();
        Auth.Dispose();
    }
}
