using DiscreetDb.Core;

namespace DiscreetDb.Fuzz.Targets;

/// <summary>Device certificates: decoded and encoded again they are the same bytes, or they are refused.</summary>
internal sealed class CertificateTarget(byte[] valid) : FuzzTarget
{
    public override string Name => "device-certificate";

    public override IReadOnlyList<byte[]> Seeds { get; } = [valid];

    public override void Run(byte[] input)
    {
        if (!DeviceCertificate.TryDecode(input, out DeviceCertificate? certificate))
        {
            return;
        }

        if (!certificate.Encoded.Span.SequenceEqual(input))
        {
            throw new BrokenPromise("decoded and encoded again it is other bytes");
        }

        if (certificate.Verify() != input.AsSpan().SequenceEqual(valid))
        {
            throw new BrokenPromise("a damaged certificate verifies, or the true one does not");
        }
    }
}
