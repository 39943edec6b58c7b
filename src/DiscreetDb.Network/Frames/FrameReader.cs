using System.Buffers;

namespace DiscreetDb.Network;

/// <summary>
/// Frames of one stream, one after the other. The buffer grows with what has come, not with what a size promises. For one
/// caller at a time.
/// </summary>
internal sealed class FrameReader(IPeerStream stream, int maxSizeBytes) : IDisposable
{
    private const int FirstSizeBytes = 4 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstSizeBytes);
    private int _start;
    private int _end;

    /// <summary>Largest frame that is taken.</summary>
    public int MaxSizeBytes { get; set; } = maxSizeBytes;

    /// <exception cref="NetworkException">The stream or the connection broke.</exception>
    public async ValueTask<Frame> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            OperationStatus status = FrameCodec.DecodeHeader(
                _buffer.AsSpan(_start, _end - _start), MaxSizeBytes, out byte type, out int headerSize, out int bodySize);
            if (status == OperationStatus.InvalidData)
            {
                return new Frame(FrameReadStatus.Malformed, default, default, default);
            }

            int size = headerSize + bodySize;
            if (status == OperationStatus.Done && _end - _start >= size)
            {
                ReadOnlyMemory<byte> bytes = _buffer.AsMemory(_start, size);
                _start += size;
                return new Frame(FrameReadStatus.Frame, (FrameType)type, bytes, bytes[headerSize..]);
            }

            MakeRoom();
            int count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                return new Frame(_end == _start ? FrameReadStatus.End : FrameReadStatus.Malformed, default, default, default);
            }

            _end += count;
        }
    }

    public void Dispose()
    {
        byte[] buffer = _buffer;
        _buffer = [];
        _start = _end = 0;
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Min(2 * _buffer.Length, MaxSizeBytes + FrameCodec.MaxHeaderSizeBytes));
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
