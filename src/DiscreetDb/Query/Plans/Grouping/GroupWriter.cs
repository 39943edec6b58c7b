using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using DiscreetDb.Core;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Parameters;
using DiscreetDb.Storage;

namespace DiscreetDb.Query.Plans.Grouping;

/// <summary>Forms the groups of a statement's rows and writes them as an array of objects.</summary>
internal static class GroupWriter
{
    /// <summary>Digits of the longest integer, with its sign.</summary>
    private const int MaxIntegerSizeBytes = 20;

    /// <summary>Returns whether there is any group.</summary>
    /// <exception cref="DiscreetException">AnswerTooLarge, or what reading can throw.</exception>
    public static bool Write(GroupingPlan grouping, Statement rows, AnswerBuffer output, CancellationToken cancellationToken)
    {
        GroupTable table = new(grouping.Aggregates.Length);
        ArrayBufferWriter<byte> key = new();
        while (rows.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            GroupKeys.Write(rows, grouping.Keys, key);
            Add(grouping, rows, table.Find(key.WrittenSpan));
        }

        output.Write((byte)'[');
        bool isAny = false;
        foreach (int group in table.InOrder())
        {
            if (isAny)
            {
                output.Write((byte)',');
            }

            isAny = true;
            WriteGroup(grouping, table.KeyOf(group), table.StatesOf(group), output);
        }

        output.Write((byte)']');
        return isAny;
    }

    private static void Add(GroupingPlan grouping, Statement row, Span<GroupState> states)
    {
        ReadOnlySpan<GroupAggregate> aggregates = grouping.Aggregates.AsSpan();
        for (int i = 0; i < aggregates.Length; i++)
        {
            GroupAggregate aggregate = aggregates[i];
            if (aggregate.Kind == AggregateKind.Count)
            {
                states[i].AddRow();
            }
            else if (!row.IsNull(aggregate.Column))
            {
                Add(aggregate, row, ref states[i]);
            }
        }
    }

    private static void Add(in GroupAggregate aggregate, Statement row, ref GroupState state)
    {
        bool isSum = aggregate.Kind is AggregateKind.Total or AggregateKind.Average;
        bool isLeast = aggregate.Kind == AggregateKind.Min;
        if (aggregate.IsInteger)
        {
            long value = row.GetInt64(aggregate.Column);
            if (isSum)
            {
                state.Add(value);
                return;
            }

            state.Keep(value, isLeast);
            return;
        }

        double number = row.GetDouble(aggregate.Column);
        if (isSum)
        {
            state.Add(number);
            return;
        }

        state.Keep(number, isLeast);
    }

    /// <summary>Keys stand in the bytes in the order of the members.</summary>
    private static void WriteGroup(GroupingPlan grouping, ReadOnlySpan<byte> keys, ReadOnlySpan<GroupState> states, AnswerBuffer output)
    {
        foreach (GroupMember member in grouping.Members)
        {
            output.Write(member.Prefix);
            if (member.IsKey)
            {
                WriteKey(grouping.Keys[member.Index], ref keys, output);
            }
            else
            {
                WriteAggregate(grouping.Aggregates[member.Index], states[member.Index], output);
            }
        }

        output.Write((byte)'}');
    }

    private static void WriteKey(GroupKey key, ref ReadOnlySpan<byte> keys, AnswerBuffer output)
    {
        switch (key.Kind)
        {
            case VariableKind.Integer when GroupKeys.TryReadNumber(ref keys, out long value):
                WriteInteger(value, output);
                break;
            case VariableKind.Boolean when GroupKeys.TryReadNumber(ref keys, out long value):
                output.Write(value != 0 ? "true"u8 : "false"u8);
                break;
            case VariableKind.Float when GroupKeys.TryReadFloat(ref keys, out double value):
                WriteFloat(value, output);
                break;
            case VariableKind.String when GroupKeys.TryReadBytes(ref keys, out ReadOnlySpan<byte> text):
                JsonEscape.WriteQuoted(text, output);
                break;
            case VariableKind.Base64 when GroupKeys.TryReadBytes(ref keys, out ReadOnlySpan<byte> bytes):
                WriteBase64(bytes, output);
                break;
            default:
                output.Write("null"u8);
                break;
        }
    }

    private static void WriteAggregate(in GroupAggregate aggregate, in GroupState state, AnswerBuffer output)
    {
        switch (aggregate.Kind)
        {
            case AggregateKind.Count:
                WriteInteger(state.Count, output);
                break;
            case AggregateKind.Total:
                WriteFloat(state.Total, output);
                break;
            case AggregateKind.Average or AggregateKind.Min or AggregateKind.Max when state.Count == 0:
                output.Write("null"u8);
                break;
            case AggregateKind.Average:
                WriteFloat(state.Total / state.Count, output);
                break;
            case AggregateKind.Min or AggregateKind.Max when aggregate.IsInteger:
                WriteInteger(state.ExtremeInteger, output);
                break;
            case AggregateKind.Min or AggregateKind.Max:
                WriteFloat(state.ExtremeFloat, output);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void WriteInteger(long value, AnswerBuffer output)
    {
        Utf8Formatter.TryFormat(value, output.GetSpan(MaxIntegerSizeBytes), out int size);
        output.Advance(size);
    }

    private static void WriteFloat(double value, AnswerBuffer output) =>
        output.Advance(FloatText.Write(value, output.GetSpan(FloatText.MaxSizeBytes)));

    private static void WriteBase64(ReadOnlySpan<byte> bytes, AnswerBuffer output)
    {
        output.Write((byte)'"');
        output.Advance(Base64Url.Encode(bytes, output.GetSpan(Base64Url.GetTextLength(bytes.Length))));
        output.Write((byte)'"');
    }
}
