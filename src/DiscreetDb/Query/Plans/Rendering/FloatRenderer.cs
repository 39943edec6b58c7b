using DiscreetDb.Core;
using DiscreetDb.Storage;

namespace DiscreetDb.Query.Plans.Rendering;

internal sealed class FloatRenderer(int column, bool isNullable) : ColumnRenderer(column, isNullable)
{
    protected override void WriteValue(Statement row, AnswerBuffer output) =>
        output.Advance(FloatText.Write(row.GetDouble(Column), output.GetSpan(FloatText.MaxSizeBytes)));
}
