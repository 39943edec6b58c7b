using System.Buffers.Text;
using DiscreetDb.Storage;

namespace DiscreetDb.Query.Plans.Rendering;

internal sealed class IntegerRenderer(int column, bool isNullable) : ColumnRenderer(column, isNullable)
{
    private const int MaxSizeBytes = 20;

    protected override void WriteValue(Statement row, AnswerBuffer output)
    {
        Utf8Formatter.TryFormat(row.GetInt64(Column), output.GetSpan(MaxSizeBytes), out int size);
        output.Advance(size);
    }
}
