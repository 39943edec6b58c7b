namespace DiscreetDb.Network;

/// <summary>The direction from the peer.</summary>
internal sealed partial class MultiplexedStream
{
    private readonly ReceiveBuffer _buffer = new();
    private long _receiveMax = receiveMax;
    private long _receiveWindow = receiveMax;
    private long _received;
    private long _consumed;
    private bool _isReceivingOver;
    private bool _isDiscarding;
    private bool _owesCredit;
    private long? _owedStop;
    private long? _receiveAbortCode;

    /// <summary>Whether more bytes, or an end, could still come to a reader.</summary>
    public bool IsReadingOpen => !_isReceivingOver && _receiveAbortCode is null;

    public void ArmRead() => _readWaiter.Arm();

    /// <summary>The peer may send further from now on.</summary>
    public void RaiseReceiveMax(long window)
    {
        _receiveWindow = Math.Max(_receiveWindow, window);
        _receiveMax = Math.Max(_receiveMax, window);
    }

    /// <summary>False when there is nothing to say yet.</summary>
    public bool TryRead(Span<byte> destination, out int count)
    {
        if (_receiveAbortCode is { } code)
        {
            throw NetworkException.Aborted(code);
        }

        count = _buffer.Read(destination);
        _consumed += count;
        if (!_isReceivingOver && _consumed + _receiveWindow - _receiveMax >= _receiveWindow / 4)
        {
            _receiveMax = _consumed + _receiveWindow;
            _owesCredit = true;
        }

        return count > 0 || destination.IsEmpty || (_isReceivingOver && _buffer.Count == 0);
    }

    /// <summary>False when the peer sent what it may not. <paramref name="discarded" /> bytes are read by nobody.</summary>
    public bool TakeData(ReadOnlySpan<byte> data, bool isLast, out int discarded)
    {
        discarded = 0;
        if (_isReceivingOver || data.Length > _receiveMax - _received)
        {
            return false;
        }

        _received += data.Length;
        _isReceivingOver = isLast;
        if (_isDiscarding)
        {
            discarded = data.Length;
            _consumed += data.Length;
            return true;
        }

        _buffer.Append(data);
        wakes.Wake(_readWaiter);
        return true;
    }

    /// <summary>False when the direction was over.</summary>
    public bool TakeReset(long code, out int discarded)
    {
        discarded = 0;
        if (_isReceivingOver)
        {
            return false;
        }

        _isReceivingOver = true;
        _receiveAbortCode ??= code;
        _owedStop = null;
        discarded = _buffer.Clear();
        wakes.Wake(_readWaiter);
        return true;
    }

    private int AbortReceiving(long code)
    {
        if (_isDiscarding || (_isReceivingOver && _buffer.Count == 0))
        {
            return 0;
        }

        _isDiscarding = true;
        _receiveAbortCode ??= code;
        _owedStop = _isReceivingOver ? null : code;
        wakes.Wake(_readWaiter);
        return _buffer.Clear();
    }
}
