namespace DiscreetDb.EngineTests.Log;

/// <summary>Bytes that count up: for keys that a test vector can name.</summary>
internal sealed class CountingBytes(byte first) : IRandomSource
{
    private byte _next = first;

    public void Fill(Span<byte> destination)
    {
        foreach (ref byte value in destination)
        {
            value = _next++;
        }
    }
}
