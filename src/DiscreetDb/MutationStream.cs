using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace DiscreetDb;

/// <summary>
/// Mutations sent one after the other without waiting for each: they are executed in the order sent, many share a durable
/// commit, and each is answered in the same order. Every document is a unit of its own; a bad one fails alone.
/// </summary>
/// <remarks>
/// At most <see cref="Limits.MutationStreamLength" /> documents are sent whose results were not read; then
/// <see cref="SendAsync" /> waits. So whoever sends more than that reads the results at the same time.
/// </remarks>
/// <example>
/// <code>
/// await using MutationStream stream = app.MutationStream();
/// Task sending = SendAllAsync(stream);              // SendAsync … SendAsync, then Complete
/// await foreach (StreamedResult result in stream.Results())
/// {
///     if (result.Error is { } error) Console.WriteLine($"document {result.Index}: {error.Message}");
/// }
/// </code>
/// </example>
public sealed class MutationStream : IAsyncDisposable
{
    private readonly Func<string, Parameters?, CancellationToken, Task<MutationResult>> _mutate;
    private readonly Lock _lock = new();

    // As many slots as documents may be unread; a full channel makes the sender wait, which is the back pressure.
    private readonly SemaphoreSlim _slots = new(Limits.MutationStreamLength, Limits.MutationStreamLength);
    private readonly Channel<Task<MutationResult>> _sent =
        Channel.CreateUnbounded<Task<MutationResult>>(new UnboundedChannelOptions { SingleReader = true });

    private readonly CancellationTokenSource _ended = new();
    private long _readCount;
    private int _isRead;
    private bool _isComplete;

    internal MutationStream(Func<string, Parameters?, CancellationToken, Task<MutationResult>> mutate)
    {
        _mutate = mutate;
    }

    /// <summary>Sends a document; returns when it is queued, not when it is written.</summary>
    /// <param name="text">The mutation.</param>
    /// <param name="parameters">Values of its variables; not to be changed before the result is there.</param>
    /// <param name="cancellationToken">Stops waiting for room, and the document as long as it has not begun.</param>
    /// <exception cref="InvalidOperationException">The stream was completed or disposed.</exception>
    /// <exception cref="DiscreetException"><see cref="ErrorCode.Cancelled" />. What is wrong with a document is its result.</exception>
    public async ValueTask SendAsync(string text, Parameters? parameters = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        await WaitForSlotAsync(cancellationToken).ConfigureAwait(false);

        // The lock makes the order of execution the order of the results, also for several senders.
        lock (_lock)
        {
            ThrowIfComplete();
            _sent.Writer.TryWrite(_mutate(text, parameters, cancellationToken));
        }
    }

    /// <summary>No more documents follow: the results end with the last one sent.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            _sent.Writer.TryComplete();
        }
    }

    /// <summary>The results in the order sent, from the first on. Ends after <see cref="Complete" />. Read once.</summary>
    /// <exception cref="InvalidOperationException">The results are read already.</exception>
    /// <exception cref="DiscreetException"><see cref="ErrorCode.Cancelled" />.</exception>
    public IAsyncEnumerable<StreamedResult> Results(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _isRead, 1) == 0
            ? ReadResultsAsync(cancellationToken)
            : throw new InvalidOperationException("The results of a mutation stream are read once.");

    /// <summary>Completes the stream and waits for what was sent; unread results are dropped.</summary>
    public async ValueTask DisposeAsync()
    {
        Complete();
        await _ended.CancelAsync().ConfigureAwait(false);
        while (_sent.Reader.TryRead(out Task<MutationResult>? unread))
        {
            await ((Task)unread).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async IAsyncEnumerable<StreamedResult> ReadResultsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await Cancellation.Translate(_sent.Reader.WaitToReadAsync(cancellationToken)).ConfigureAwait(false))
        {
            while (_sent.Reader.TryRead(out Task<MutationResult>? next))
            {
                StreamedResult result = await StreamedResult.Of(_readCount++, next).ConfigureAwait(false);
                _slots.Release();
                yield return result;
            }
        }
    }

    private async ValueTask WaitForSlotAsync(CancellationToken cancellationToken)
    {
        // The usual case: there is room, and nothing to link or to wait for.
        if (_slots.Wait(0, CancellationToken.None))
        {
            return;
        }

        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token);
        try
        {
            await _slots.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled)
        {
            lock (_lock)
            {
                ThrowIfComplete();
            }

            throw Cancellation.Error(cancelled);
        }
    }

    private void ThrowIfComplete()
    {
        if (_isComplete)
        {
            throw new InvalidOperationException("The mutation stream was completed; nothing can be sent any more.");
        }
    }
}
