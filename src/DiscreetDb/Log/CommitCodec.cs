using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;

namespace DiscreetDb.Log;

/// <summary>
/// The packed form of a commit: what is sent (<c>schema/wire.md</c>, "Packed commit"). Whatever follows from the commit
/// before it in the log is left out: room, device, kind, sequence, previous id, certificate hash, unchanged rights heads,
/// the root; the clock is a difference. Decoding is total and accepts exactly what encoding writes.
/// </summary>
internal static class CommitCodec
{
    private const byte HeadsFlag = 1;

    /// <summary>No packed commit is larger.</summary>
    public const int MaxSizeBytes = Limits.CommitSizeBytes;

    /// <summary>Writes the packed form of a commit that follows <paramref name="after" />.</summary>
    public static void Encode(Commit commit, LogHead after, WireWriter writer) =>
        Encode(commit.Position.Hlc, commit.Header.Heads.Span, commit.Signature.Span, commit.Body.Bytes.Span, after, writer);

    /// <summary>Writes the packed form of a stored commit that follows <paramref name="after" />; its body is copied, not read.</summary>
    public static void Encode(in RawCommit commit, ReadOnlySpan<Hash256> heads, LogHead after, WireWriter writer) =>
        Encode(commit.Stamp.Hlc, heads, commit.Signature, commit.Body, after, writer);

    /// <summary>Reads the packed form of the commit that follows <paramref name="after" />; the signature is not looked at.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> packed, LogHead after, [NotNullWhen(true)] out Commit? commit, out CommitFault fault)
    {
        commit = null;
        fault = CommitFault.Malformed;
        if (packed.Length > MaxSizeBytes)
        {
            fault = CommitFault.TooLarge;
            return false;
        }

        WireReader reader = new(packed);
        if (!reader.TryReadByte(out byte version))
        {
            return false;
        }

        if (version != CommitBody.Version)
        {
            fault = CommitFault.UnknownVersion;
            return false;
        }

        if (!reader.TryReadByte(out byte flags) || flags > HeadsFlag
            || !TryReadHlc(ref reader, after.Hlc, out Hlc hlc)
            || !TryReadHeads(ref reader, flags, after, out ReadOnlyMemory<Hash256> heads)
            || !reader.TryReadRaw(Ed25519.SignatureSizeBytes, out ReadOnlySpan<byte> signature))
        {
            return false;
        }

        // The body keeps its version, so that what is stored says how to read it.
        byte[] bytes = new byte[1 + reader.Remaining];
        bytes[0] = version;
        packed[reader.Position..].CopyTo(bytes.AsSpan(1));
        if (!CommitBody.TryDecode(bytes, after.NextPosition(hlc), out CommitBody? body, out fault))
        {
            return false;
        }

        CommitHeader header = after.Next(hlc, heads, body);
        commit = new Commit(header, header.ComputeId(), signature.ToArray(), body);
        return true;
    }

    private static void Encode(
        Hlc hlc, ReadOnlySpan<Hash256> heads, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> body, LogHead after, WireWriter writer)
    {
        bool isSameHeads = heads.SequenceEqual(after.Heads.Span);
        writer.WriteByte(CommitBody.Version);
        writer.WriteByte(isSameHeads ? (byte)0 : HeadsFlag);
        writer.WriteVarUInt(hlc.Value - after.Hlc.Value);
        if (!isSameHeads)
        {
            writer.WriteByte((byte)heads.Length);
            foreach (Hash256 head in heads)
            {
                writer.WriteHash(head);
            }
        }

        writer.WriteRaw(signature);
        writer.WriteRaw(body[1..]);
    }

    // A difference of at least one: a clock that does not advance cannot even be written.
    private static bool TryReadHlc(ref WireReader reader, Hlc previous, out Hlc hlc)
    {
        bool isRead = reader.TryReadVarUInt(out ulong difference) && difference > 0 && difference <= ulong.MaxValue - previous.Value;
        hlc = new Hlc(previous.Value + difference);
        return isRead;
    }

    private static bool TryReadHeads(ref WireReader reader, byte flags, LogHead after, out ReadOnlyMemory<Hash256> heads)
    {
        heads = after.Heads;
        if ((flags & HeadsFlag) == 0)
        {
            return true;
        }

        if (!reader.TryReadByte(out byte count) || count > Limits.RightsHeadCount)
        {
            return false;
        }

        Hash256[] given = new Hash256[count];
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadHash(out given[i]) || (i > 0 && given[i].CompareTo(given[i - 1]) <= 0))
            {
                return false;
            }
        }

        heads = given;
        return !given.AsSpan().SequenceEqual(after.Heads.Span);
    }
}
