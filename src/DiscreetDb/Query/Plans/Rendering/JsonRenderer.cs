using DiscreetDb.Storage;

namespace DiscreetDb.Query.Plans.Rendering;

/// <summary>A Json value, copied as it is stored.</summary>
internal sealed class JsonRenderer(int column, bool isNullable) : ColumnRenderer(column, isNullable)
{
    protected override void WriteValue(Statement row, AnswerBuffer output) => output.Write(row.GetText(Column));
}
