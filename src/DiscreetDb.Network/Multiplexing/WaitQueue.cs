using System.Diagnostics.CodeAnalysis;

namespace DiscreetDb.Network;

/// <summary>Items in order, and callers that wait for them. Its owner bounds what goes in.</summary>
internal sealed class WaitQueue<T>(IWakes wakes)
    where T : class
{
    private readonly Lock _gate = new();
    private readonly Queue<T> _items = new();
    private readonly Queue<Waiter> _waiters = new();
    private bool _isComplete;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _items.Count;
            }
        }
    }

    /// <summary>False when the queue is complete.</summary>
    public bool TryEnqueue(T item)
    {
        lock (_gate)
        {
            if (_isComplete)
            {
                return false;
            }

            _items.Enqueue(item);
            WakeOne();
            return true;
        }
    }

    public bool TryDequeue([NotNullWhen(true)] out T? item)
    {
        lock (_gate)
        {
            return _items.TryDequeue(out item);
        }
    }

    /// <summary>The oldest item; null when the queue is complete and empty.</summary>
    public async ValueTask<T?> DequeueAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Waiter waiter;
            lock (_gate)
            {
                if (_items.TryDequeue(out T? item) || _isComplete)
                {
                    return item;
                }

                waiter = wakes.CreateWaiter();
                waiter.Arm();
                _waiters.Enqueue(waiter);
            }

            try
            {
                await waiter.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                Leave(waiter);
                throw;
            }
        }
    }

    /// <summary>Nothing more comes; answers what nobody took when it is not to be taken any more.</summary>
    public IReadOnlyList<T> Complete(bool keepsItems)
    {
        lock (_gate)
        {
            _isComplete = true;
            T[] left = keepsItems ? [] : [.. _items];
            if (!keepsItems)
            {
                _items.Clear();
            }

            while (_waiters.TryDequeue(out Waiter? waiter))
            {
                wakes.Wake(waiter);
            }

            return left;
        }
    }

    private void WakeOne()
    {
        if (_waiters.TryDequeue(out Waiter? waiter))
        {
            wakes.Wake(waiter);
        }
    }

    // Whoever gave up is taken out, or passes on the wake that reached it too late.
    private void Leave(Waiter waiter)
    {
        lock (_gate)
        {
            int count = _waiters.Count;
            bool isFound = false;
            for (int i = 0; i < count; i++)
            {
                Waiter other = _waiters.Dequeue();
                if (ReferenceEquals(other, waiter))
                {
                    isFound = true;
                    continue;
                }

                _waiters.Enqueue(other);
            }

            if (!isFound && (_items.Count > 0 || _isComplete))
            {
                WakeOne();
            }
        }
    }
}
