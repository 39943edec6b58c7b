using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Rooms;

namespace DiscreetDb.Fuzz.Targets;

/// <summary>One operation on a room's definition: the first byte says which, the rest is what stands behind it.</summary>
internal sealed class RightsPayloadTarget : FuzzTarget
{
    private readonly Uid[] _entries;
    private readonly byte[] _kinds;

    public RightsPayloadTarget()
    {
        CommitSeeds log = new(CommitKind.Rights);
        CommitBody[] bodies = [.. log.RightsBodies()];
        _entries = RightsBody.EntriesOf(log.Position, bodies[1].Operations.Length);
        _kinds = [.. bodies[1].Operations.ToArray().Select(operation => (byte)operation.Kind)];
        Seeds = [.. bodies.SelectMany(PayloadsOf)];
    }

    public override string Name => "rights-payload";

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override void Run(byte[] input)
    {
        if (input.Length == 0 || !RightsPayload.TryRead(input[0], input.AsSpan(1), index: 0, _entries, _kinds, out RightsOperation? operation))
        {
            return;
        }

        using WireWriter writer = new();
        RightsPayload.Write(operation, _entries, writer);
        if (RightsPayload.KindOf(operation) != input[0] || !writer.Written.SequenceEqual(input.AsSpan(1)))
        {
            throw new BrokenPromise("read and written again it is other bytes");
        }
    }

    private static IEnumerable<byte[]> PayloadsOf(CommitBody body) => body.Operations.ToArray()
        .Select(operation => (byte[])[(byte)operation.Kind, .. body.Bytes.Span.Slice(operation.ValuesStart, operation.ValuesSize)]);
}
