namespace DiscreetDb.Network;

/// <summary>The direction to the peer.</summary>
internal sealed partial class MultiplexedStream
{
    private ReadOnlyMemory<byte> _pending;
    private long _sendMax = sendMax;
    private long _sendOffset;
    private bool _isWriting;
    private bool _isPartlyWritten;
    private bool _owesLast;
    private bool _isSendingOver;
    private bool _isLastGiven;
    private long? _owedReset;
    private long? _sendAbortCode;

    public bool IsControlQueued { get; set; }

    public bool IsDataQueued { get; set; }

    public bool OwesControl => _owedReset is not null || _owedStop is not null || _owesCredit || (_owesLast && _pending.IsEmpty);

    public bool HasData => !_pending.IsEmpty && _sendMax > _sendOffset;

    /// <exception cref="NetworkException">The direction was broken off meanwhile.</exception>
    public bool IsWritten
    {
        get
        {
            if (_isWriting && _sendAbortCode is { } code)
            {
                throw NetworkException.Aborted(code);
            }

            return !_isWriting;
        }
    }

    public void ArmWrite() => _writeWaiter.Arm();

    public void BeginWrite(ReadOnlyMemory<byte> bytes, bool isLast)
    {
        if (_sendAbortCode is { } code)
        {
            throw NetworkException.Aborted(code);
        }

        if (_isWriting || _isLastGiven)
        {
            throw new InvalidOperationException(_isWriting ? "Another write is still running." : "This direction of the stream was ended before.");
        }

        _pending = bytes;
        _isWriting = true;
        _isPartlyWritten = false;
        _isLastGiven = isLast;
        _owesLast = isLast;
    }

    /// <summary>True when the direction had to be broken off.</summary>
    public bool CancelWrite()
    {
        bool wasWriting = _isWriting;
        _isWriting = false;
        _pending = default;
        if (!wasWriting || _sendAbortCode is not null)
        {
            return false;
        }

        if (!_isPartlyWritten)
        {
            _isLastGiven = false;
            _owesLast = false;
            return false;
        }

        AbortSending(0);
        return true;
    }

    public int TakeControlFrame(Span<byte> destination)
    {
        if (_owedReset is { } resetCode)
        {
            _owedReset = null;
            _isSendingOver = true;
            return MuxFrame.Encode(destination, MuxFrameType.Reset, Id, resetCode);
        }

        if (_owedStop is { } stopCode)
        {
            _owedStop = null;
            return MuxFrame.Encode(destination, MuxFrameType.Stop, Id, stopCode);
        }

        if (_owesCredit)
        {
            _owesCredit = false;
            return _isReceivingOver ? 0 : MuxFrame.Encode(destination, MuxFrameType.StreamCredit, Id, _receiveMax);
        }

        if (!_owesLast || !_pending.IsEmpty)
        {
            return 0;
        }

        EndSending();
        return MuxFrame.Encode(destination, MuxFrameType.LastData, Id, 0);
    }

    public int TakeDataFrame(Span<byte> destination, long connectionCredit, out int dataSize)
    {
        dataSize = 0;
        if (!HasData)
        {
            return 0;
        }

        long allowed = Math.Min(Math.Min(_pending.Length, connectionCredit), _sendMax - _sendOffset);
        dataSize = (int)Math.Min(allowed, Math.Min(MuxFrame.MaxDataSizeBytes, destination.Length - MuxFrame.MaxDataHeaderSizeBytes));
        bool isLast = _owesLast && dataSize == _pending.Length;
        int size = MuxFrame.Encode(destination, isLast ? MuxFrameType.LastData : MuxFrameType.Data, Id, dataSize);
        _pending.Span[..dataSize].CopyTo(destination[size..]);
        _pending = _pending[dataSize..];
        _sendOffset += dataSize;
        _isPartlyWritten = true;
        if (isLast)
        {
            EndSending();
        }
        else if (_pending.IsEmpty && !_owesLast)
        {
            EndWrite();
        }

        return size + dataSize;
    }

    public void TakeCredit(long max) => _sendMax = Math.Max(_sendMax, max);

    /// <summary>The peer reads no more: what it would get is broken off.</summary>
    public void TakeStop(long code) => AbortSending(code);

    /// <summary>Breaks off both directions; answers how many bytes nobody will read.</summary>
    public int AbortBoth(long code)
    {
        AbortSending(code);
        return AbortReceiving(code);
    }

    private void AbortSending(long code)
    {
        if (_isSendingOver || _sendAbortCode is not null)
        {
            return;
        }

        _sendAbortCode = code;
        _owedReset = code;
        _owesLast = false;
        _pending = default;
        wakes.Wake(_writeWaiter);
    }

    private void EndSending()
    {
        _owesLast = false;
        _isSendingOver = true;
        EndWrite();
    }

    private void EndWrite()
    {
        _isWriting = false;
        wakes.Wake(_writeWaiter);
    }
}
