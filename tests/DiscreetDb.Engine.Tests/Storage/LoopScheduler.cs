using DiscreetDb.Core;

namespace DiscreetDb.EngineTests.Storage;

/// <summary>Threads, as in production, with failures of loops kept for the test.</summary>
internal sealed class LoopScheduler : IScheduler
{
    public Exception? Failure { get; private set; }

    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => Task.Run(work, cancellationToken);

    public IWorkLoop CreateLoop(string name, Action drain) => new Loop(this, name, drain);

    private sealed class Loop : IWorkLoop
    {
        private readonly SemaphoreSlim _signal = new(0);
        private readonly Thread _thread;
        private volatile bool _isEnded;

        public Loop(LoopScheduler owner, string name, Action drain)
        {
            _thread = new Thread(() =>
            {
                while (true)
                {
                    _signal.Wait();
                    if (_isEnded)
                    {
                        return;
                    }

                    try
                    {
                        drain();
                    }
                    catch (Exception e)
                    {
                        owner.Failure = e;
                    }
                }
            })
            {
                Name = name,
                IsBackground = true,
            };
            _thread.Start();
        }

        public void Signal() => _signal.Release();

        public void Dispose()
        {
            if (!_isEnded)
            {
                _isEnded = true;
                _signal.Release();
                _thread.Join();
            }
        }
    }
}
