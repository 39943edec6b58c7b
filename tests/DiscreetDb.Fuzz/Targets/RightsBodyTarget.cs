using System.Collections.Immutable;
using DiscreetDb.Log;
using DiscreetDb.Rooms;

namespace DiscreetDb.Fuzz.Targets;

/// <summary>Bodies of rights commits: operations read and composed again are the same bytes.</summary>
internal sealed class RightsBodyTarget : FuzzTarget
{
    private readonly CommitSeeds _log = new(CommitKind.Rights);

    public RightsBodyTarget() => Seeds = [.. _log.RightsBodies().Select(body => body.Bytes.ToArray())];

    public override string Name => "rights-body";

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override void Run(byte[] input)
    {
        if (!CommitBody.TryDecode(input, _log.Position, out CommitBody? body, out _)
            || !RightsBody.TryRead(body, _log.Position, out ImmutableArray<RightsOperation> operations)
            || operations.Any(operation => operation is RightsOperation.Unknown))
        {
            return;
        }

        CommitBody again = RightsBody.Build(operations.AsSpan(), RightsBody.EntriesOf(_log.Position, operations.Length));
        if (!again.Bytes.Span.SequenceEqual(input))
        {
            throw new BrokenPromise("read and composed again it is other bytes");
        }
    }
}
