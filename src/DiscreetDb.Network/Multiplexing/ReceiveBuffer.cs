using System.Buffers;
using System.Diagnostics;

namespace DiscreetDb.Network;

/// <summary>
/// Bytes that came and were not read. Every block but the last is full, so many small frames take no more memory than few
/// large ones. Guarded by its owner; credits bound it.
/// </summary>
internal sealed class ReceiveBuffer
{
    private const int FirstBlockSizeBytes = 1024;
    private const int BlockSizeBytes = 16 * 1024;

    private readonly Queue<byte[]> _blocks = new();
    private byte[] _last = [];
    private int _start;
    private int _end;

    public int Count { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Count += bytes.Length;
        while (!bytes.IsEmpty)
        {
            if (_end == _last.Length)
            {
                AddBlock(bytes.Length);
            }

            int size = Math.Min(bytes.Length, _last.Length - _end);
            bytes[..size].CopyTo(_last.AsSpan(_end));
            _end += size;
            bytes = bytes[size..];
        }
    }

    /// <summary>As many bytes as there are and fit.</summary>
    public int Read(Span<byte> destination)
    {
        int done = 0;
        while (done < destination.Length && Count > 0)
        {
            byte[] first = _blocks.Peek();
            int end = _blocks.Count == 1 ? _end : first.Length;
            int size = Math.Min(destination.Length - done, end - _start);
            first.AsSpan(_start, size).CopyTo(destination[done..]);
            done += size;
            _start += size;
            Count -= size;
            if (_start == end)
            {
                DropFirst();
            }
        }

        return done;
    }

    /// <summary>Drops everything; answers how much that was.</summary>
    public int Clear()
    {
        int count = Count;
        Count = 0;
        while (_blocks.Count > 0)
        {
            DropFirst();
        }

        return count;
    }

    private void AddBlock(int wanted)
    {
        int size = _blocks.Count == 0 ? Math.Clamp(wanted, FirstBlockSizeBytes, BlockSizeBytes) : BlockSizeBytes;
        _last = ArrayPool<byte>.Shared.Rent(size);
        _blocks.Enqueue(_last);
        _end = 0;
    }

    private void DropFirst()
    {
        ArrayPool<byte>.Shared.Return(_blocks.Dequeue());
        _start = 0;
        if (_blocks.Count == 0)
        {
            Debug.Assert(Count == 0, "Only the last block is partly filled.");
            _last = [];
            _end = 0;
        }
    }
}
