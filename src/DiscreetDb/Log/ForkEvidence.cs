using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;
using DiscreetDb.Rooms;

namespace DiscreetDb.Log;

/// <summary>
/// Two headers that one device signed for one sequence of a data log, behind one and the same commit: whoever sees them knows
/// that the log forked, and needs nobody's word for it (<c>schema/wire.md</c>, "Fork evidence"). Reading is total and accepts
/// exactly what writing produces.
/// </summary>
internal sealed record ForkEvidence(
    DeviceCertificate Certificate, CommitHeader First, ReadOnlyMemory<byte> FirstSignature, CommitHeader Second, ReadOnlyMemory<byte> SecondSignature)
{
    private const byte Version = 1;

    public LogFork Fork => new(First.Position.Sequence, First.Previous);

    public Uid Room => First.Position.Room;

    /// <summary>Evidence from two commits with one place, ordered by their ids.</summary>
    public static ForkEvidence Of(DeviceCertificate certificate, CommitHeader left, ReadOnlyMemory<byte> leftSignature, CommitHeader right, ReadOnlyMemory<byte> rightSignature) =>
        left.ComputeId().CompareTo(right.ComputeId()) < 0
            ? new ForkEvidence(certificate, left, leftSignature, right, rightSignature)
            : new ForkEvidence(certificate, right, rightSignature, left, leftSignature);

    public byte[] Encode()
    {
        using WireWriter writer = new();
        writer.WriteByte(Version);
        writer.WriteBlock(Certificate.Encoded.Span);
        Write(writer, First, FirstSignature.Span);
        Write(writer, Second, SecondSignature.Span);
        return writer.ToArray();
    }

    /// <summary>Reads evidence and checks everything it claims; false if any of it is not so.</summary>
    public static bool TryVerify(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ForkEvidence? evidence)
    {
        evidence = TryRead(bytes);
        if (evidence is not null && !evidence.IsTrue())
        {
            evidence = null;
        }

        return evidence is not null;
    }

    private static ForkEvidence? TryRead(ReadOnlySpan<byte> bytes)
    {
        WireReader reader = new(bytes);
        return reader.TryReadByte(out byte version) && version == Version
            && reader.TryReadBlock(DeviceCertificate.MaxSizeBytes, out ReadOnlySpan<byte> encoded)
            && DeviceCertificate.TryDecode(encoded, out DeviceCertificate? certificate)
            && TryRead(ref reader, out CommitHeader? first, out byte[] firstSignature)
            && TryRead(ref reader, out CommitHeader? second, out byte[] secondSignature)
            && reader.IsComplete
            ? new ForkEvidence(certificate, first, firstSignature, second, secondSignature)
            : null;
    }

    private bool IsTrue() =>
        First.Position.Kind == CommitKind.Data
        && First.Position with { Hlc = default } == Second.Position with { Hlc = default }
        && First.Position.Sequence > 0
        && First.Position.Device == Certificate.Device
        && First.Previous == Second.Previous
        && First.Certificate == Certificate.Hash
        && Second.Certificate == Certificate.Hash
        && First.ComputeId().CompareTo(Second.ComputeId()) < 0
        && Certificate.Verify()
        && First.Verify(Certificate.SignKey, FirstSignature.Span)
        && Second.Verify(Certificate.SignKey, SecondSignature.Span);

    private static void Write(WireWriter writer, CommitHeader header, ReadOnlySpan<byte> signature)
    {
        Span<byte> bytes = stackalloc byte[CommitHeader.MaxSizeBytes];
        writer.WriteBlock(bytes[..header.Write(bytes)]);
        writer.WriteRaw(signature);
    }

    private static bool TryRead(ref WireReader reader, [NotNullWhen(true)] out CommitHeader? header, out byte[] signature)
    {
        header = null;
        signature = [];
        if (!reader.TryReadBlock(CommitHeader.MaxSizeBytes, out ReadOnlySpan<byte> bytes)
            || !CommitHeader.TryRead(bytes, out header)
            || !reader.TryReadRaw(Ed25519.SignatureSizeBytes, out ReadOnlySpan<byte> signed))
        {
            return false;
        }

        signature = signed.ToArray();
        return true;
    }
}
