using System.Collections.Immutable;
using DiscreetDb.Core;
using DiscreetDb.Storage;

namespace DiscreetDb.Query.Plans.Rendering;

/// <summary>
/// <c>_json</c>: the row's own scalars as one object, which is itself a string in the answer. Prefixes hold what stands
/// before each value: brace or comma, and the name.
/// </summary>
internal sealed class RowJsonRenderer(ImmutableArray<(byte[] Prefix, ColumnRenderer Value)> members) : ColumnRenderer(-1, isNullable: false)
{
    protected override void WriteValue(Statement row, AnswerBuffer output)
    {
        using AnswerBuffer json = new();
        foreach ((byte[] prefix, ColumnRenderer value) in members)
        {
            json.Write(prefix);
            value.Write(row, json);
        }

        json.Write(members.IsEmpty ? "{}"u8 : "}"u8);
        JsonEscape.WriteQuoted(json.Written.Span, output);
    }
}
