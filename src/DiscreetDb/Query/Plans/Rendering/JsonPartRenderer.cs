using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using DiscreetDb.Query.Ir;
using DiscreetDb.Storage;

namespace DiscreetDb.Query.Plans.Rendering;

/// <summary>The part of a Json value at a path, copied as it is stored; null where there is none.</summary>
internal sealed class JsonPartRenderer : ColumnRenderer
{
    private readonly Step[] _steps;

    public JsonPartRenderer(int column, ImmutableArray<JsonPathStep> path)
        : base(column, isNullable: true)
    {
        _steps = [.. path.Select(step => new Step(step.Member is null ? null : Encoding.UTF8.GetBytes(step.Member), step.Index))];
    }

    protected override void WriteValue(Statement row, AnswerBuffer output)
    {
        ReadOnlySpan<byte> json = row.GetText(Column);
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = Limits.JsonDepth + 1 });
        reader.Read();
        foreach (Step step in _steps)
        {
            if (!(step.Member is null ? MoveToElement(ref reader, step.Index) : MoveToMember(ref reader, step.Member)))
            {
                output.Write("null"u8);
                return;
            }
        }

        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        output.Write(json[start..(int)reader.BytesConsumed]);
    }

    private static bool MoveToMember(ref Utf8JsonReader reader, byte[] member)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isWanted = reader.ValueTextEquals(member);
            reader.Read();
            if (isWanted)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static bool MoveToElement(ref Utf8JsonReader reader, int index)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        for (int i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (i == index)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private readonly record struct Step(byte[]? Member, int Index);
}
