using DiscreetDb.Log;

namespace DiscreetDb.Fuzz.Targets;

/// <summary>Bodies of data commits: what is decoded can be read to its last value, and erased without another root.</summary>
internal sealed class CommitBodyTarget : FuzzTarget
{
    private readonly CommitSeeds _log = new(CommitKind.Data);

    public CommitBodyTarget() => Seeds = [.. _log.DataBodies().Select(body => body.Bytes.ToArray())];

    public override string Name => "commit-body";

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override void Run(byte[] input)
    {
        if (!CommitBody.TryDecode(input, _log.Position, out CommitBody? body, out _))
        {
            return;
        }

        HashSet<Uid> rows = [];
        foreach (ref readonly Operation operation in body.Operations)
        {
            rows.Add(operation.Row);
            Read(body, operation);
        }

        CommitBody erased = body.Erase(rows);
        if (erased.ComputeRoot() != body.ComputeRoot())
        {
            throw new BrokenPromise("erasing its values changes its root");
        }

        if (!CommitBody.TryDecode(erased.Bytes, _log.Position, out CommitBody? again, out CommitFault fault))
        {
            throw new BrokenPromise($"erased, it is refused: {fault}");
        }

        if (again.ComputeRoot() != body.ComputeRoot())
        {
            throw new BrokenPromise("erased, stored and read it has another root");
        }
    }

    private static void Read(CommitBody body, in Operation operation)
    {
        _ = body.EntityOf(operation);
        if (operation.IsLink)
        {
            if (body.TryReadLink(operation, out _, out _) == operation.IsErased)
            {
                throw new BrokenPromise("a link that is there cannot be read, or one that was erased can");
            }

            return;
        }

        FieldValueReader values = body.ReadValues(operation);
        int before = -1;
        while (values.TryRead(out int name, out _))
        {
            if (name >= body.Names.Length || name <= before)
            {
                throw new BrokenPromise($"field name {name} of {body.Names.Length} follows {before}");
            }

            before = name;
        }
    }
}
