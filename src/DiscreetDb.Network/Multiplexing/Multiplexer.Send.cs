namespace DiscreetDb.Network;

/// <summary>What goes out.</summary>
internal sealed partial class Multiplexer
{
    // Streams that owe a frame without data, and streams with bytes and credit of their own; each at most once in each.
    private readonly Queue<MultiplexedStream> _control = new();
    private readonly Queue<MultiplexedStream> _data = new();
    private long _peerStreamWindow = StreamWindows.Initial.StreamSizeBytes;
    private long _sendMax = StreamWindows.Initial.ConnectionSizeBytes;
    private long _sent;
    private long _localStreamsOpened;
    private long _localStreamMax = StreamWindows.Initial.StreamCount;
    private bool _owesPreface = true;
    private bool _owesLimits;
    private bool _owesPing;
    private bool _owesPong;
    private CloseCode? _owedClose;

    /// <summary>Whether nothing is ever to be sent again.</summary>
    public bool IsOutputComplete
    {
        get
        {
            lock (_gate)
            {
                return _end is not null && _owedClose is null;
            }
        }
    }

    /// <summary>Asks the peer for a sign of life.</summary>
    public void Ping()
    {
        lock (_gate)
        {
            _owesPing = true;
            _host.OnOutputReady();
        }
    }

    /// <summary>
    /// The next frame to send; false when there is none. The destination has room for <see cref="MuxFrame.MaxControlSizeBytes" />,
    /// and data fills no more than it. Streams take turns, one frame each. <paramref name="stream" /> says within which stream
    /// the frame keeps its order; −1 for none.
    /// </summary>
    public bool TryTakeFrame(Span<byte> destination, out int size, out long stream)
    {
        lock (_gate)
        {
            stream = -1;
            size = TakeConnectionFrame(destination);
            if (size > 0 || _end is not null)
            {
                return size > 0;
            }

            return TryTakeControlFrame(destination, out size, out stream) || TryTakeDataFrame(destination, out size, out stream);
        }
    }

    private int TakeConnectionFrame(Span<byte> destination)
    {
        if (TakeFlag(ref _owesPreface))
        {
            return MuxFrame.Encode(destination, MuxFrameType.Preface, MuxFrame.Version);
        }

        if (_owedClose is { } code)
        {
            _owedClose = null;
            return MuxFrame.Encode(destination, MuxFrameType.Close, (long)code);
        }

        if (_end is not null)
        {
            return 0;
        }

        if (TakeFlag(ref _owesLimits))
        {
            return MuxFrame.Encode(destination, MuxFrameType.Limits, _streamWindow, _receiveMax, _remoteStreamMax);
        }

        if (TakeFlag(ref _owesPong))
        {
            return MuxFrame.Encode(destination, MuxFrameType.Pong);
        }

        return TakeFlag(ref _owesPing) ? MuxFrame.Encode(destination, MuxFrameType.Ping) : 0;
    }

    private bool TryTakeControlFrame(Span<byte> destination, out int size, out long id)
    {
        while (_control.TryDequeue(out MultiplexedStream? stream))
        {
            stream.IsControlQueued = false;
            size = stream.TakeControlFrame(destination);
            Queue(stream);
            RemoveIfFinished(stream);
            id = stream.Id;
            if (size > 0)
            {
                return true;
            }
        }

        size = 0;
        id = -1;
        return false;
    }

    private bool TryTakeDataFrame(Span<byte> destination, out int size, out long id)
    {
        while (_sendMax > _sent && _data.TryDequeue(out MultiplexedStream? stream))
        {
            stream.IsDataQueued = false;
            size = stream.TakeDataFrame(destination, _sendMax - _sent, out int dataSize);
            _sent += dataSize;
            Queue(stream);
            RemoveIfFinished(stream);
            id = stream.Id;
            if (size > 0)
            {
                return true;
            }
        }

        size = 0;
        id = -1;
        return false;
    }

    /// <summary>Puts a stream where it has something to send.</summary>
    private void Queue(MultiplexedStream stream)
    {
        if (_end is not null)
        {
            return;
        }

        if (stream.OwesControl && !stream.IsControlQueued)
        {
            stream.IsControlQueued = true;
            _control.Enqueue(stream);
        }

        if (stream.HasData && !stream.IsDataQueued)
        {
            stream.IsDataQueued = true;
            _data.Enqueue(stream);
        }
    }

    private void QueueAndTell(MultiplexedStream stream)
    {
        Queue(stream);
        _host.OnOutputReady();
    }

    private void QueueLimits()
    {
        _owesLimits = true;
        _host.OnOutputReady();
    }

    private static bool TakeFlag(ref bool flag)
    {
        bool wasSet = flag;
        flag = false;
        return wasSet;
    }
}
