using DiscreetDb.Core;
using DiscreetDb.Log;

namespace DiscreetDb.Fuzz.Targets;

/// <summary>
/// Packed commits of a peer: decoded and packed again they are the same bytes, and what verifies is a commit the device
/// signed, though perhaps with other values erased.
/// </summary>
internal sealed class CommitTarget : FuzzTarget
{
    private readonly CommitSeeds _log;
    private readonly HashSet<Hash256> _signed = [];

    public CommitTarget(string name, CommitKind kind)
    {
        Name = name;
        _log = new CommitSeeds(kind);
        Seeds = _log.Packed(kind == CommitKind.Data ? _log.DataBodies() : _log.RightsBodies());
        foreach (byte[] seed in Seeds)
        {
            if (CommitVerifier.TryVerify(seed, _log.Start, _log.Certificate, out Commit? commit, out CommitFault fault))
            {
                _signed.Add(commit.Id);
            }
            else if (fault != CommitFault.UnknownRoom)
            {
                throw new BrokenPromise($"a true commit is refused: {fault}");
            }
        }
    }

    public override string Name { get; }

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override void Run(byte[] input)
    {
        if (!CommitCodec.TryDecode(input, _log.Start, out Commit? commit, out _))
        {
            return;
        }

        using WireWriter writer = new();
        CommitCodec.Encode(commit, _log.Start, writer);
        if (!writer.Written.SequenceEqual(input))
        {
            throw new BrokenPromise("decoded and packed again it is other bytes");
        }

        if (CommitVerifier.TryVerify(input, _log.Start, _log.Certificate, out Commit? verified, out _) && !_signed.Contains(verified.Id))
        {
            throw new BrokenPromise("a damaged commit verifies");
        }
    }
}
