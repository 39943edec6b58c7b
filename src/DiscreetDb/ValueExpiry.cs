using DiscreetDb.Log;
using DiscreetDb.Storage;
using DiscreetDb.Telemetry;
using Microsoft.Extensions.Logging;

namespace DiscreetDb;

/// <summary>
/// Erases the values of deleted rows once they may go (<see cref="ValueEraser.KeptFor" />): when the database is opened and
/// once a day, a few rows at a time, so that a write never waits for more than one step.
/// </summary>
internal sealed class ValueExpiry : IDisposable
{
    /// <summary>Rows erased in one step: each may rewrite a few commits, so a step takes milliseconds.</summary>
    public const int StepRowCount = 64;

    /// <summary>The 30 days are a promise in days, so looking once a day is exact enough.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromDays(1);

    private readonly Writer _writer;
    private readonly ValueEraser _eraser;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private bool _isRunning;
    private bool _isDueAgain;

    public ValueExpiry(Writer writer, ValueEraser eraser, DiscreetOptions options)
    {
        _writer = writer;
        _eraser = eraser;
        _clock = options.TimeProvider;
        _logger = options.Logger;
        Start();
        _timer = _clock.CreateTimer(_ => Start(), null, Period, Period);
    }

    /// <summary>Ends when what is due by now is erased; a failure is logged, not thrown.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    public void Dispose() => _timer.Dispose();

    private void Start()
    {
        lock (_lock)
        {
            if (_isRunning)
            {
                _isDueAgain = true;
                return;
            }

            _isRunning = true;
            Running = RunAsync();
        }
    }

    private async Task RunAsync()
    {
        do
        {
            await EraseAsync().ConfigureAwait(false);
        }
        while (IsDueAgain());
    }

    private bool IsDueAgain()
    {
        lock (_lock)
        {
            _isRunning = _isDueAgain;
            _isDueAgain = false;
            return _isRunning;
        }
    }

    private async Task EraseAsync()
    {
        try
        {
            while (await _writer.RunAsync(Step, CancellationToken.None).ConfigureAwait(false) == StepRowCount)
            {
                // Writes that came meanwhile stand before the next step in the queue.
            }
        }
        catch (DiscreetException closed) when (closed.Code == ErrorCode.Closed)
        {
            // What is left is due at the next opening.
        }
        catch (DiscreetException failure)
        {
            _logger.ErasureFailed(failure);
        }
    }

    private int Step(WriteTransaction transaction) => _eraser.EraseExpired(transaction, _clock.GetUtcNow(), StepRowCount);
}
