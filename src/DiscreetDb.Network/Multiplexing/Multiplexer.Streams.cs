namespace DiscreetDb.Network;

/// <summary>What streams ask of their connection: each step of a read, a write or an abort under the one lock.</summary>
internal sealed partial class Multiplexer
{
    /// <summary>Reads what there is; false when the caller has to wait, and its waiter is armed.</summary>
    public bool TryRead(MultiplexedStream stream, Span<byte> destination, out int count)
    {
        lock (_gate)
        {
            if (!stream.TryRead(destination, out count))
            {
                if (_end is not null && stream.IsReadingOpen)
                {
                    throw NetworkException.Of(_end.Value);
                }

                stream.ArmRead();
                return false;
            }

            if (count > 0 && _end is null)
            {
                Consume(count);
                QueueAndTell(stream);
            }

            return true;
        }
    }

    /// <summary>Hands over bytes to send.</summary>
    public void BeginWrite(MultiplexedStream stream, ReadOnlyMemory<byte> bytes, bool isLast)
    {
        lock (_gate)
        {
            ThrowIfEnded();
            stream.BeginWrite(bytes, isLast);
            QueueAndTell(stream);
        }
    }

    /// <summary>Whether all that was handed over is on its way; if not, the caller has to wait, and its waiter is armed.</summary>
    public bool IsWritten(MultiplexedStream stream)
    {
        lock (_gate)
        {
            if (stream.IsWritten)
            {
                return true;
            }

            ThrowIfEnded();
            stream.ArmWrite();
            return false;
        }
    }

    /// <summary>Takes back what was handed over, as its memory is the caller's again. A direction with a hole in it is broken off.</summary>
    public void CancelWrite(MultiplexedStream stream)
    {
        lock (_gate)
        {
            if (stream.CancelWrite())
            {
                QueueAndTell(stream);
            }
        }
    }

    public void Abort(MultiplexedStream stream, long code)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(code);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code, MuxFrame.MaxNumber);
        lock (_gate)
        {
            int discarded = stream.AbortBoth(code);
            if (_end is null)
            {
                Consume(discarded);
                QueueAndTell(stream);
                RemoveIfFinished(stream);
            }
        }
    }
}
