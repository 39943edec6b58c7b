using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using DiscreetDb.Core;

namespace DiscreetDb.Mutation;

/// <summary>
/// Writes the answer of a mutation (dialect §7.6): one object, pretty-printed with two spaces, member names in the order of
/// their UTF-8 bytes, and only what the text gave.
/// </summary>
internal sealed class MutationAnswer
{
    private readonly Value[] _variables;
    private readonly Uid[] _ids;
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly PrettyJson _json;

    private MutationAnswer(Value[] variables, Uid[] ids)
    {
        _variables = variables;
        _ids = ids;
        _json = new PrettyJson(_output);
    }

    /// <param name="plan">The plan that ran.</param>
    /// <param name="variables">The values it ran with.</param>
    /// <param name="ids">The id of every object's row, by <see cref="MutationNode.Index" />.</param>
    /// <exception cref="DiscreetException">AnswerTooLarge.</exception>
    public static ReadOnlyMemory<byte> Write(MutationPlan plan, Value[] variables, Uid[] ids)
    {
        MutationAnswer answer = new(variables, ids);
        answer.Write(plan);
        return answer._output.WrittenMemory;
    }

    private void Write(MutationPlan plan)
    {
        _json.BeginObject();
        foreach (int root in plan.AnswerOrder)
        {
            _json.WriteName(plan.Roots[root].Key.Span);
            Write(plan.Roots[root].Object);
        }

        _json.EndObject();
    }

    private void Write(MutationNode node)
    {
        _json.BeginObject();
        foreach (AnswerMember member in node.Answer)
        {
            _json.WriteName(member.Name.Span);
            Write(member, node);
        }

        _json.EndObject();
        if (_output.WrittenCount > Limits.AnswerSizeBytes)
        {
            throw new DiscreetException(
                ErrorCode.AnswerTooLarge, $"The answer would be larger than {Limits.AnswerSizeBytes} bytes; split the mutation.");
        }
    }

    private void Write(AnswerMember member, MutationNode node)
    {
        switch (member.Step)
        {
            case null:
                WriteId(_ids[node.Index]);
                break;
            case MutationStep.SetValue set:
                WriteValue(set.Value.Get(_variables));
                break;
            case MutationStep.SetReference set:
                Write(set.Target);
                break;
            case MutationStep.AddLinks add:
                WriteList(add);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void WriteList(MutationStep.AddLinks add)
    {
        _json.BeginArray();
        foreach (MutationNode target in add.Targets)
        {
            _json.BeginElement();
            Write(target);
        }

        _json.EndArray();
    }

    private void WriteId(Uid id)
    {
        Span<byte> bytes = stackalloc byte[Uid.SizeBytes];
        id.CopyTo(bytes);
        _json.WriteBase64(bytes);
    }

    private void WriteValue(Value value)
    {
        Span<byte> number = stackalloc byte[FloatText.MaxSizeBytes];
        switch (value.Kind)
        {
            case ValueKind.Null:
                _json.WriteRaw("null"u8);
                break;
            case ValueKind.Boolean:
                _json.WriteRaw(value.AsBoolean ? "true"u8 : "false"u8);
                break;
            case ValueKind.Integer:
                bool isWritten = value.AsInteger.TryFormat(number, out int size, provider: CultureInfo.InvariantCulture);
                Debug.Assert(isWritten, "No integer is longer than a float.");
                _json.WriteRaw(number[..size]);
                break;
            case ValueKind.Float:
                _json.WriteRaw(number[..FloatText.Write(value.AsFloat, number)]);
                break;
            case ValueKind.Text:
                _json.WriteText(value.AsBytes.Span);
                break;
            case ValueKind.Json:
                _json.WriteJson(value.AsBytes.Span);
                break;
            case ValueKind.Bytes or ValueKind.Reference:
                _json.WriteBase64(value.AsBytes.Span);
                break;
            default:
                throw new UnreachableException();
        }
    }
}
