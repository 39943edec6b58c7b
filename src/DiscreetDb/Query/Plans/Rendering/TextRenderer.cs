using DiscreetDb.Core;
using DiscreetDb.Storage;

namespace DiscreetDb.Query.Plans.Rendering;

internal sealed class TextRenderer(int column, bool isNullable) : ColumnRenderer(column, isNullable)
{
    protected override void WriteValue(Statement row, AnswerBuffer output) => JsonEscape.WriteQuoted(row.GetText(Column), output);
}
