using DiscreetDb.Core;

namespace DiscreetDb.Log;

/// <summary>
/// The same operations at another place, on other rows: what becomes of a body when its commit is written again. Ids have one
/// size, so the bytes stay where they are; ids inside texts and JSON are the application's own and stay too.
/// </summary>
internal static class BodyRedirection
{
    /// <summary>The body with every row, target of a link and reference named by <paramref name="ids" /> replaced.</summary>
    public static CommitBody Redirect(CommitBody body, in CommitPosition place, IReadOnlyDictionary<Uid, Uid> ids)
    {
        byte[] bytes = body.Bytes.ToArray();
        foreach (ref readonly Operation operation in body.Operations)
        {
            if (operation.Kind != OperationKind.Insert)
            {
                Replace(bytes, operation.ValuesStart, ids);
            }

            if (operation.IsErased)
            {
                continue;
            }

            if (operation.IsLink)
            {
                Replace(bytes, operation.ValuesStart + operation.ValuesSize, ids);
                continue;
            }

            RedirectValues(body.Bytes.Slice(operation.ValuesStart, operation.ValuesSize), bytes.AsSpan(operation.ValuesStart), ids);
        }

        // The rows of insertions follow from the place.
        return CommitBody.TryDecode(bytes, place, out CommitBody? redirected, out CommitFault fault)
            ? redirected
            : throw new InvalidOperationException($"A body that was valid is not any more: {fault}.");
    }

    private static void RedirectValues(ReadOnlyMemory<byte> values, Span<byte> bytes, IReadOnlyDictionary<Uid, Uid> ids)
    {
        WireReader reader = new(values);
        if (!reader.TryReadVarUInt(out ulong count))
        {
            return; // a deletion has no values
        }

        for (ulong i = 0; i < count && reader.TryReadVarUInt(out _) && reader.TryReadValue(out Value value); i++)
        {
            if (value.Kind == ValueKind.Reference)
            {
                Replace(bytes, reader.Position, ids);
            }
        }
    }

    /// <summary>Replaces the id that ends at an offset.</summary>
    private static void Replace(Span<byte> bytes, int end, IReadOnlyDictionary<Uid, Uid> ids)
    {
        Span<byte> id = bytes.Slice(end - Uid.SizeBytes, Uid.SizeBytes);
        if (ids.TryGetValue(new Uid(id), out Uid other))
        {
            other.CopyTo(id);
        }
    }
}
