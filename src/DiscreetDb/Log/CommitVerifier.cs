using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;

namespace DiscreetDb.Log;

/// <summary>
/// Everything about a commit from outside that can be checked without the database: layout, bounds, place in the chain,
/// signature. Pure, so a worker pool may run it.
/// </summary>
internal static class CommitVerifier
{
    /// <summary>
    /// Reads packed commits that follow one another, up to the first that cannot be read. Each still needs its
    /// <see cref="HasSignature" />: those may be checked in any order, on any core.
    /// </summary>
    public static IReadOnlyList<Commit> ReadRun(IEnumerable<ReadOnlyMemory<byte>> packed, LogHead after)
    {
        List<Commit> commits = [];
        foreach (ReadOnlyMemory<byte> bytes in packed)
        {
            if (!CommitCodec.TryDecode(bytes.Span, after, out Commit? commit, out _))
            {
                break;
            }

            commits.Add(commit);
            after = after.With(commit);
        }

        return commits;
    }

    /// <summary>Whether the device signed the commit, in this place of its log.</summary>
    public static bool HasSignature(Commit commit, DeviceCertificate certificate) =>
        commit.Header.Certificate == certificate.Hash
        && commit.Header.Verify(certificate.SignKey, commit.Signature.Span)
        && commit.Header.IsOfItsRoom;

    /// <summary>
    /// Reads and verifies the packed commit that follows <paramref name="after" />. The chain needs no check of its own: the
    /// previous id is part of what is signed, so anything out of order, altered or missing is a wrong signature.
    /// </summary>
    public static bool TryVerify(
        ReadOnlySpan<byte> packed, LogHead after, DeviceCertificate certificate, [NotNullWhen(true)] out Commit? commit, out CommitFault fault)
    {
        if (!CommitCodec.TryDecode(packed, after, out commit, out fault))
        {
            return false;
        }

        if (!commit.Header.Verify(certificate.SignKey, commit.Signature.Span))
        {
            commit = null;
            fault = CommitFault.WrongSignature;
            return false;
        }

        if (!commit.Header.IsOfItsRoom)
        {
            commit = null;
            fault = CommitFault.UnknownRoom;
            return false;
        }

        return true;
    }
}
