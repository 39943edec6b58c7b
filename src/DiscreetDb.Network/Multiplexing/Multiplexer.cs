using System.Diagnostics;

namespace DiscreetDb.Network;

/// <summary>
/// Streams over something that carries frames between two ends: the frames of one stream in order, the first frame of all
/// first. It knows no socket and no clock. Credits bound what the peer may have under way, on each stream, on all together and
/// in number; what is owed to the peer (credits, resets, an answer to a ping) is a flag, never a queue it could fill (I10).
/// </summary>
/// <remarks>Streams the dialler opens have even ids, in the order it opens them, the listener's odd ones.</remarks>
internal sealed partial class Multiplexer
{
    private readonly Lock _gate = new();
    private readonly IMultiplexerHost _host;
    private readonly ConnectionRole _role;
    private readonly StreamWindows _windows;
    private readonly Dictionary<long, MultiplexedStream> _streams = [];
    private readonly WaitQueue<IPeerStream> _accepted;
    private readonly Queue<Waiter> _openers = new();
    private ConnectionEnd? _end;
    private bool _isAdmitted;

    public Multiplexer(IMultiplexerHost host, ConnectionRole role, StreamWindows windows)
    {
        _host = host;
        _role = role;
        _windows = windows;
        _accepted = new WaitQueue<IPeerStream>(host);
    }

    /// <summary>How it ended; null while it lives.</summary>
    public ConnectionEnd? End
    {
        get
        {
            lock (_gate)
            {
                return _end;
            }
        }
    }

    /// <summary>Streams neither end has finished with.</summary>
    public int OpenStreamCount
    {
        get
        {
            lock (_gate)
            {
                return _streams.Count;
            }
        }
    }

    /// <summary>Gives the peer its full windows.</summary>
    public void Admit()
    {
        lock (_gate)
        {
            _isAdmitted = true;
            _streamWindow = _windows.StreamSizeBytes;
            _receiveWindow = _windows.ConnectionSizeBytes;
            _receiveMax = Math.Max(_receiveMax, _consumed + _receiveWindow);
            _remoteStreamMax = Math.Max(_remoteStreamMax, _remoteStreamsGone + _windows.StreamCount);
            foreach (MultiplexedStream stream in _streams.Values)
            {
                stream.RaiseReceiveMax(_streamWindow);
            }

            QueueLimits();
        }
    }

    public async ValueTask<IPeerStream> OpenStreamAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Waiter waiter;
            lock (_gate)
            {
                ThrowIfEnded();
                if (_localStreamsOpened < _localStreamMax)
                {
                    return Create(IdOf(_localStreamsOpened++, isLocal: true));
                }

                waiter = _host.CreateWaiter();
                waiter.Arm();
                _openers.Enqueue(waiter);
            }

            // A waiter that gave up stays queued and is woken for nothing; all are woken together.
            await waiter.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<IPeerStream?> AcceptStreamAsync(CancellationToken cancellationToken)
    {
        IPeerStream? stream = await _accepted.DequeueAsync(cancellationToken).ConfigureAwait(false);
        if (stream is MultiplexedStream accepted)
        {
            lock (_gate)
            {
                accepted.IsAccepted = true;
                RemoveIfFinished(accepted);
            }
        }

        return stream;
    }

    /// <summary>Ends the connection here; the close frame waits to be taken. Nothing when it has ended before.</summary>
    public void Close(ConnectionEndReason reason, CloseCode code)
    {
        lock (_gate)
        {
            if (_end is null)
            {
                // Strangers are not told why.
                CloseCode told = _isAdmitted ? code : CloseCode.Closed;
                _owedClose = told;
                EndWith(new ConnectionEnd(reason, told));
                _host.OnOutputReady();
            }
        }
    }

    /// <summary>The connection is gone: nothing more is sent. Nothing when it has ended before.</summary>
    public void Lose(ConnectionEndReason reason)
    {
        lock (_gate)
        {
            if (_end is null)
            {
                EndWith(new ConnectionEnd(reason));
            }
        }
    }

    private long IdOf(long index, bool isLocal) => (index * 2) + (isLocal == (_role == ConnectionRole.Dialler) ? 0 : 1);

    private bool IsLocal(long id) => (id % 2 == 0) == (_role == ConnectionRole.Dialler);

    private MultiplexedStream Create(long id)
    {
        var stream = new MultiplexedStream(this, _host, id, _peerStreamWindow, _streamWindow) { IsAccepted = IsLocal(id) };
        _streams.Add(id, stream);
        return stream;
    }

    private void RemoveIfFinished(MultiplexedStream stream)
    {
        if (!stream.IsFinished || !stream.IsAccepted || !_streams.Remove(stream.Id) || IsLocal(stream.Id))
        {
            return;
        }

        // The place is given back only when the application has taken the stream: else streams opened and broken off at
        // once would pile up in the queue.
        _remoteStreamsGone++;
        if (_isAdmitted && _remoteStreamsGone + _windows.StreamCount - _remoteStreamMax >= Math.Max(1, _windows.StreamCount / 4))
        {
            _remoteStreamMax = _remoteStreamsGone + _windows.StreamCount;
            QueueLimits();
        }
    }

    private void EndWith(ConnectionEnd end)
    {
        Debug.Assert(_end is null, "A connection ends once.");
        _end = end;
        foreach (MultiplexedStream stream in _streams.Values)
        {
            stream.OnConnectionEnded();
        }

        _accepted.Complete(keepsItems: false);
        WakeOpeners();
        _host.OnEnded(end);
    }

    private void WakeOpeners()
    {
        while (_openers.TryDequeue(out Waiter? waiter))
        {
            _host.Wake(waiter);
        }
    }

    private void ThrowIfEnded()
    {
        if (_end is { } end)
        {
            throw NetworkException.Of(end);
        }
    }
}
