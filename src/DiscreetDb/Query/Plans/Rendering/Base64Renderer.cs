using DiscreetDb.Storage;

namespace DiscreetDb.Query.Plans.Rendering;

/// <summary>Ids, keys and other bytes, as base64url.</summary>
internal sealed class Base64Renderer(int column, bool isNullable) : ColumnRenderer(column, isNullable)
{
    protected override void WriteValue(Statement row, AnswerBuffer output)
    {
        ReadOnlySpan<byte> bytes = row.GetBlob(Column);
        Span<byte> text = output.GetSpan(Base64Url.GetTextLength(bytes.Length) + 2);
        text[0] = (byte)'"';
        int end = Base64Url.Encode(bytes, text[1..]) + 1;
        text[end] = (byte)'"';
        output.Advance(end + 1);
    }
}
