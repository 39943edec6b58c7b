using System.Threading.Channels;

namespace DiscreetDb.Events;

/// <summary>Wakes one waiting reader; raised many times before it looks, it wakes it once.</summary>
internal sealed class Signal
{
    // One slot, further raises dropped: the reader looks at the state behind the signal, so one is as good as many.
    private readonly Channel<bool> _raised = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Raise() => _raised.Writer.TryWrite(true);

    /// <summary>Ends waiting for good; a raise before it is still seen.</summary>
    public void Close() => _raised.Writer.TryComplete();

    /// <summary>True after a raise, false once closed.</summary>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
    {
        bool isOpen = await _raised.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
        _raised.Reader.TryRead(out _);
        return isOpen;
    }
}
