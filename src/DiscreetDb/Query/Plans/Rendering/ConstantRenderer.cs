using DiscreetDb.Storage;

namespace DiscreetDb.Query.Plans.Rendering;

/// <summary>What is the same for every row: the name of the entity.</summary>
internal sealed class ConstantRenderer(byte[] json) : ColumnRenderer(-1, isNullable: false)
{
    protected override void WriteValue(Statement row, AnswerBuffer output) => output.Write(json);
}
