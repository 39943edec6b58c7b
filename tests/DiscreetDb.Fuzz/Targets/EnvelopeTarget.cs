namespace DiscreetDb.Fuzz.Targets;

/// <summary>Sealed key material: only the true envelope opens.</summary>
internal sealed class EnvelopeTarget : FuzzTarget
{
    private static readonly byte[] Material = [.. Enumerable.Range(1, KeyMaterial.SizeBytes).Select(i => (byte)(i * 5))];

    private readonly byte[] _valid = KeyMaterial.Seal(Material, "a password");

    public override string Name => "key-envelope";

    public override IReadOnlyList<byte[]> Seeds => [_valid];

    /// <summary>Deriving a key from a password is slow, which is what it is for.</summary>
    public override double Dose => 0.01;

    /// <summary>Argon2id fills 64 MiB outside the managed heap, but whoever damages the envelope must not choose how much.</summary>
    public override long AllocationSizeBytes => 1024 * 1024;

    public override void Run(byte[] input)
    {
        try
        {
            byte[] material = KeyMaterial.Unseal(input, "a password");
            if (!input.SequenceEqual(_valid) || !material.SequenceEqual(Material))
            {
                throw new BrokenPromise("a damaged envelope opens");
            }
        }
        catch (DiscreetException e) when (e.Code == ErrorCode.InvalidKeyMaterial)
        {
            // Refused.
        }
    }
}
