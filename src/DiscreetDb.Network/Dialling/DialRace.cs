#pragma warning disable CA1849 // The asynchronous cancellation runs on the thread pool, which virtual time does not know.
namespace DiscreetDb.Network;

/// <summary>
/// Tries several ways to one peer, each after its delay or as soon as all before it have failed, and takes the first that gets
/// there. The others are cancelled, and what they still bring is closed.
/// </summary>
internal sealed class DialRace<T>
    where T : class, IAsyncDisposable
{
    private readonly TimeProvider _clock;
    private readonly IWakes _wakes;
    private readonly DialAttempt<T>[] _attempts;
    private readonly Lock _gate = new();
    private readonly Waiter _progress;
    private readonly List<Task> _running = [];
    private int _endedCount;
    private T? _winner;

    private DialRace(IEnumerable<DialAttempt<T>> attempts, TimeProvider clock, IWakes wakes)
    {
        _attempts = [.. attempts.OrderBy(a => a.Delay)];
        _clock = clock;
        _wakes = wakes;
        _progress = wakes.CreateWaiter();
    }

    /// <summary>The first that got there; null when none did.</summary>
    public static Task<T?> RunAsync(
        IEnumerable<DialAttempt<T>> attempts, TimeProvider clock, IWakes wakes, CancellationToken cancellationToken = default) =>
        new DialRace<T>(attempts, clock, wakes).RunAsync(cancellationToken);

    private async Task<T?> RunAsync(CancellationToken cancellationToken)
    {
        using var losing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        long start = _clock.GetTimestamp();
        try
        {
            while (!IsOver())
            {
                StartDue(start, losing.Token);
                await WaitForProgressAsync(start, cancellationToken).ConfigureAwait(false);
            }

            return _winner;
        }
        catch
        {
            losing.Cancel();
            await Task.WhenAll(_running).ConfigureAwait(false);
            await DisposeWinnerAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            losing.Cancel();
            await Task.WhenAll(_running).ConfigureAwait(false);
        }
    }

    private bool IsOver()
    {
        lock (_gate)
        {
            return _winner is not null || _endedCount == _attempts.Length;
        }
    }

    private void StartDue(long start, CancellationToken cancellationToken)
    {
        while (_running.Count < _attempts.Length && IsDue(_attempts[_running.Count], start))
        {
            _running.Add(AttemptAsync(_attempts[_running.Count], cancellationToken));
        }
    }

    private bool IsDue(DialAttempt<T> attempt, long start)
    {
        lock (_gate)
        {
            return _winner is null && (_endedCount == _running.Count || _clock.GetElapsedTime(start) >= attempt.Delay);
        }
    }

    private async Task AttemptAsync(DialAttempt<T> attempt, CancellationToken cancellationToken)
    {
        T? reached = null;
        try
        {
            reached = await attempt.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is NetworkException or OperationCanceledException)
        {
            // This way does not lead there, or another was faster.
        }

        bool isFirst;
        lock (_gate)
        {
            isFirst = _winner is null;
            _winner ??= reached;
            _endedCount++;
            _wakes.Wake(_progress);
        }

        if (!isFirst && reached is not null)
        {
            await reached.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task WaitForProgressAsync(long start, CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_gate)
        {
            if (_winner is not null || _endedCount == _running.Count)
            {
                return;
            }

            wait = _running.Count < _attempts.Length ? _attempts[_running.Count].Delay - _clock.GetElapsedTime(start) : Timeout.InfiniteTimeSpan;
            if (wait <= TimeSpan.Zero && wait != Timeout.InfiniteTimeSpan)
            {
                return;
            }

            _progress.Arm();
        }

        using ITimer timer = _clock.CreateTimer(_ => _wakes.Wake(_progress), null, wait, Timeout.InfiniteTimeSpan);
        await _progress.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask DisposeWinnerAsync()
    {
        if (_winner is not null)
        {
            await _winner.DisposeAsync().ConfigureAwait(false);
        }
    }
}
