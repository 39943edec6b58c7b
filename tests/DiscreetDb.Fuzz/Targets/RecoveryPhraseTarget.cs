using System.Text;

namespace DiscreetDb.Fuzz.Targets;

/// <summary>Recovery phrases: key material that gives the same phrase, or <see cref="ErrorCode.InvalidKeyMaterial" />.</summary>
internal sealed class RecoveryPhraseTarget : FuzzTarget
{
    private static readonly byte[] Material = [.. Enumerable.Range(1, KeyMaterial.SizeBytes).Select(i => (byte)(i * 7))];

    public override string Name => "recovery-phrase";

    public override IReadOnlyList<byte[]> Seeds { get; } = [Encoding.UTF8.GetBytes(KeyMaterial.ToRecoveryPhrase(Material))];

    public override void Run(byte[] input)
    {
        byte[] material;
        try
        {
            material = KeyMaterial.FromRecoveryPhrase(Encoding.UTF8.GetString(input));
        }
        catch (DiscreetException e) when (e.Code == ErrorCode.InvalidKeyMaterial)
        {
            return;
        }

        if (material.Length != KeyMaterial.SizeBytes || !KeyMaterial.FromRecoveryPhrase(KeyMaterial.ToRecoveryPhrase(material)).SequenceEqual(material))
        {
            throw new BrokenPromise("the phrase does not give its key material again");
        }
    }
}
