using DiscreetDb.Storage;

namespace DiscreetDb.Query.Plans.Rendering;

/// <summary>Writes one column of a statement's current row as JSON, straight from SQLite's buffer.</summary>
internal abstract class ColumnRenderer(int column, bool isNullable)
{
    protected int Column => column;

    public void Write(Statement row, AnswerBuffer output)
    {
        if (isNullable && row.IsNull(column))
        {
            output.Write("null"u8);
            return;
        }

        WriteValue(row, output);
    }

    /// <summary>Writes a value that is not null.</summary>
    protected abstract void WriteValue(Statement row, AnswerBuffer output);
}
