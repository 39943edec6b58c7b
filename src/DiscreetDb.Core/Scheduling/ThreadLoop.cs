namespace DiscreetDb.Core;

/// <summary>A loop on its own background thread.</summary>
internal sealed class ThreadLoop : IWorkLoop
{
    private readonly Action _drain;
    private readonly Action<string, Exception> _onFailure;

    // Left to its finaliser: a signal may come when the loop has already ended.
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private int _isSignalled;
    private volatile bool _isStopping;
    private int _isDisposed;

    public ThreadLoop(string name, Action drain, Action<string, Exception> onFailure)
    {
        _drain = drain;
        _onFailure = onFailure;
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    public void Signal()
    {
        // Many signals before a drain are one.
        if (Interlocked.Exchange(ref _isSignalled, 1) == 0)
        {
            _wake.Set();
        }
    }

    /// <summary>
    /// Ends the loop after the drain that runs and, if one was asked for before, one more. Called by the loop itself it
    /// does not wait.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _isStopping = true;
        _wake.Set();
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    private void Run()
    {
        while (!_isStopping)
        {
            _wake.WaitOne();
            DrainIfSignalled();
        }

        DrainIfSignalled();
    }

    private void DrainIfSignalled()
    {
        if (Interlocked.Exchange(ref _isSignalled, 0) != 0)
        {
            DrainOnce();
        }
    }

    private void DrainOnce()
    {
        try
        {
            _drain();
        }
        catch (Exception failure)
        {
            _onFailure(_thread.Name ?? "", failure);
        }
    }
}
