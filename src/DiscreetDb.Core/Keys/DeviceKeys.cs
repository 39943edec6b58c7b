namespace DiscreetDb.Core;

/// <summary>The two keys of a device: random, born with a database file and stored inside it.</summary>
internal sealed class DeviceKeys : IDisposable
{
    public const int SeedsSizeBytes = 2 * Ed25519.SeedSizeBytes;

    public static DeviceKeys Generate(IRandomSource random) => throw new NotSupportedException();

    /// <summary>Sign seed ‖ auth seed, as <see cref="CopySeeds" /> wrote them.</summary>
    public static DeviceKeys FromSeeds(ReadOnlySpan<byte> seeds) => throw new NotSupportedException();

    /// <summary>Commits only.</summary>
    public SigningKey Sign => throw new NotSupportedException();

    /// <summary>Connection handshakes only.</summary>
    public SigningKey Auth => throw new NotSupportedException();

    public Uid Device => throw new NotSupportedException();

    public void CopySeeds(Span<byte> destination) => throw new NotSupportedException();

    /// <summary>The id of the device with this public signing key.</summary>
    public static Uid DeviceOf(ReadOnlySpan<byte> signPublicKey) => throw new NotSupportedException();

    public void Dispose() => throw new NotSupportedException();
}
