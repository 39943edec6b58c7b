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
