using DiscreetDb.Storage;

namespace DiscreetDb.Query.Plans.Rendering;

internal sealed class BooleanRenderer(int column, bool isNullable) : ColumnRenderer(column, isNullable)
{
    protected override void WriteValue(Statement row, AnswerBuffer output) =>
        output.Write(row.GetInt64(Column) != 0 ? "true"u8 : "false"u8);
}
