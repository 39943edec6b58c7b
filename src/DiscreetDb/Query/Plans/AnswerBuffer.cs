using System.Buffers;

namespace DiscreetDb.Query.Plans;

/// <summary>
/// The bytes of an answer while it is written. What stands behind a mark can be taken back: a parent whose mandatory
/// relation turns out empty. Memory is rented; disposing gives it back.
/// </summary>
internal sealed class AnswerBuffer(int limit = Limits.AnswerSizeBytes) : IBufferWriter<byte>, IDisposable
{
    private const int FirstSizeBytes = 4096;

    private byte[] _bytes = [];

    /// <summary>Bytes written; a mark for <see cref="Truncate" />.</summary>
    public int Size { get; private set; }

    /// <summary>Valid until the next write or dispose.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Size);

    /// <summary>Takes back everything behind a mark.</summary>
    public void Truncate(int mark) => Size = mark;

    public void Write(byte value)
    {
        if (Size == _bytes.Length)
        {
            Grow(1);
        }

        _bytes[Size++] = value;
    }

    public void Write(ReadOnlySpan<byte> value)
    {
        if (value.Length > _bytes.Length - Size)
        {
            Grow(value.Length);
        }

        value.CopyTo(_bytes.AsSpan(Size));
        Size += value.Length;
    }

    public void Advance(int count) => Size += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Size);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Size);
    }

    public void Dispose()
    {
        Return();
        _bytes = [];
        Size = 0;
    }

    private void Reserve(int sizeHint)
    {
        int needed = Math.Max(sizeHint, 1);
        if (needed > _bytes.Length - Size)
        {
            Grow(needed);
        }
    }

    private void Grow(int needed)
    {
        long size = (long)Size + needed;
        if (size > limit)
        {
            throw new DiscreetException(
                ErrorCode.AnswerTooLarge, $"The answer is larger than {limit} bytes: ask for less with `first`, filters or fewer fields.");
        }

        int doubled = Math.Max(FirstSizeBytes, (int)Math.Min(limit, 2L * _bytes.Length));
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(size, doubled));
        Written.CopyTo(larger);
        Return();
        _bytes = larger;
    }

    private void Return()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}
