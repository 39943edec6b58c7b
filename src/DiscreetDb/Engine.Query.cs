using System.Buffers;
using DiscreetDb.Query;
using DiscreetDb.Query.Parameters;
using DiscreetDb.Query.Plans;

namespace DiscreetDb;

internal sealed partial class Engine
{
    /// <summary>Runs a <c>query</c> text in one snapshot, on the scheduler.</summary>
    public Task<QueryAnswer> QueryAsync(string text, IParameterSource? parameters, CancellationToken cancellationToken) =>
        _queries.RunAsync(text, parameters, _scheduler, cancellationToken);

    /// <summary>Runs a <c>query</c> text in one snapshot, on the scheduler, and then writes the answer; a failure writes nothing.</summary>
    public async Task QueryAsync(IBufferWriter<byte> output, string text, IParameterSource? parameters, CancellationToken cancellationToken)
    {
        using AnswerBuffer answer = new();
        await _queries.RunAsync(text, parameters, answer, _scheduler, cancellationToken).ConfigureAwait(false);
        output.Write(answer.Written.Span);
    }

    /// <summary>Runs a <c>query</c> text in one snapshot, on the caller's thread, and then writes the answer; a failure writes nothing.</summary>
    public void Query(IBufferWriter<byte> output, string text, IParameterSource? parameters, CancellationToken cancellationToken)
    {
        using AnswerBuffer answer = new();
        _queries.Run(text, parameters, answer, cancellationToken);
        output.Write(answer.Written.Span);
    }

    /// <summary>Runs a <c>query</c> text in one snapshot, on the caller's thread.</summary>
    public QueryAnswer Query(string text, IParameterSource? parameters, CancellationToken cancellationToken) =>
        _queries.Run(text, parameters, cancellationToken);
}
