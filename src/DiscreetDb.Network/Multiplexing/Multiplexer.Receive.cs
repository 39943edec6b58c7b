using System.Buffers;

namespace DiscreetDb.Network;

/// <summary>What comes in.</summary>
internal sealed partial class Multiplexer
{
    private long _streamWindow = StreamWindows.Initial.StreamSizeBytes;
    private long _receiveWindow = StreamWindows.Initial.ConnectionSizeBytes;
    private long _receiveMax = StreamWindows.Initial.ConnectionSizeBytes;
    private long _received;
    private long _consumed;
    private long _remoteStreamsOpened;
    private long _remoteStreamsGone;
    private long _remoteStreamMax = StreamWindows.Initial.StreamCount;
    private bool _hasPreface;
    private long _strangersSizeBytes;

    /// <summary>Of everything, frames without data too, until the peer is admitted: as much again as it may send in streams.</summary>
    private const int MaxStrangersSizeBytes = 2 * Limits.HandshakeSizeBytes;

    /// <summary>Whether the peer's first frame has come.</summary>
    public bool HasPreface => Volatile.Read(ref _hasPreface);

    /// <summary>
    /// Takes in the whole frames at the beginning; answers how many bytes that was. After bytes that no peer may send the
    /// connection has ended, and everything counts as taken.
    /// </summary>
    public int Receive(ReadOnlySpan<byte> bytes)
    {
        int done = 0;
        while (true)
        {
            switch (MuxFrame.Decode(bytes[done..], out MuxFrame frame, out int size))
            {
                case OperationStatus.NeedMoreData:
                    return done;
                case OperationStatus.Done when IsAffordable(size) && Take(frame):
                    done += size;
                    continue;
                default:
                    Close(ConnectionEndReason.ProtocolViolation, CloseCode.ProtocolViolation);
                    return bytes.Length;
            }
        }
    }

    private bool IsAffordable(int size)
    {
        lock (_gate)
        {
            _strangersSizeBytes += _isAdmitted ? 0 : size;
            return _isAdmitted || _strangersSizeBytes <= MaxStrangersSizeBytes;
        }
    }

    private bool Take(MuxFrame frame)
    {
        lock (_gate)
        {
            if (_end is not null)
            {
                return true;
            }

            if (!_hasPreface)
            {
                Volatile.Write(ref _hasPreface, frame.Type == MuxFrameType.Preface && frame.First == MuxFrame.Version);
                return _hasPreface;
            }

            return frame.Type switch
            {
                MuxFrameType.Data or MuxFrameType.LastData => TakeData(frame),
                MuxFrameType.Reset => TakeReset(frame.First, frame.Second),
                MuxFrameType.Stop => TakeStop(frame.First, frame.Second),
                MuxFrameType.StreamCredit => TakeStreamCredit(frame.First, frame.Second),
                MuxFrameType.Limits => TakeLimits(frame),
                MuxFrameType.Ping => TakePing(),
                MuxFrameType.Pong => true,
                MuxFrameType.Close => TakeClose((CloseCode)frame.First),
                _ => false,
            };
        }
    }

    private bool TakeData(MuxFrame frame)
    {
        int size = frame.Data.Length;
        if (size > _receiveMax - _received || !TryFind(frame.First, out MultiplexedStream? stream))
        {
            return false;
        }

        _received += size;
        if (stream is null)
        {
            // A stream both ends are done with, or that came to its end here while this was under way.
            Consume(size);
            return true;
        }

        if (!stream.TakeData(frame.Data, frame.Type == MuxFrameType.LastData, out int discarded))
        {
            return false;
        }

        Consume(discarded);
        RemoveIfFinished(stream);
        return true;
    }

    private bool TakeReset(long id, long code)
    {
        if (!TryFind(id, out MultiplexedStream? stream))
        {
            return false;
        }

        if (stream is not null)
        {
            if (!stream.TakeReset(code, out int discarded))
            {
                return false;
            }

            Consume(discarded);
            RemoveIfFinished(stream);
        }

        return true;
    }

    private bool TakeStop(long id, long code)
    {
        if (!TryFind(id, out MultiplexedStream? stream))
        {
            return false;
        }

        if (stream is not null)
        {
            stream.TakeStop(code);
            QueueAndTell(stream);
        }

        return true;
    }

    private bool TakeStreamCredit(long id, long max)
    {
        if (!TryFind(id, out MultiplexedStream? stream))
        {
            return false;
        }

        if (stream is not null)
        {
            stream.TakeCredit(max);
            QueueAndTell(stream);
        }

        return true;
    }

    private bool TakeLimits(MuxFrame frame)
    {
        _peerStreamWindow = Math.Max(_peerStreamWindow, frame.First);
        _sendMax = Math.Max(_sendMax, frame.Second);
        if (frame.Third > _localStreamMax)
        {
            _localStreamMax = frame.Third;
            WakeOpeners();
        }

        foreach (MultiplexedStream stream in _streams.Values)
        {
            stream.TakeCredit(_peerStreamWindow);
            Queue(stream);
        }

        _host.OnOutputReady();
        return true;
    }

    private bool TakePing()
    {
        _owesPong = true;
        _host.OnOutputReady();
        return true;
    }

    private bool TakeClose(CloseCode code)
    {
        EndWith(new ConnectionEnd(ConnectionEndReason.ClosedByPeer, code));
        return true;
    }

    /// <summary>
    /// False for a stream that cannot be. Null for one that is over. An id of the peer's opens all its streams up to it, so
    /// that frames of different streams may overtake each other.
    /// </summary>
    private bool TryFind(long id, out MultiplexedStream? stream)
    {
        if (_streams.TryGetValue(id, out stream))
        {
            return true;
        }

        long index = id / 2;
        if (IsLocal(id))
        {
            return index < _localStreamsOpened;
        }

        if (index >= _remoteStreamMax)
        {
            return false;
        }

        while (_remoteStreamsOpened <= index)
        {
            stream = Create(IdOf(_remoteStreamsOpened++, isLocal: false));
            _accepted.TryEnqueue(stream);
        }

        return true;
    }

    /// <summary>Bytes that need no memory any more: the peer may send as many again.</summary>
    private void Consume(int count)
    {
        _consumed += count;
        if (_consumed + _receiveWindow - _receiveMax >= _receiveWindow / 4)
        {
            _receiveMax = _consumed + _receiveWindow;
            QueueLimits();
        }
    }
}
