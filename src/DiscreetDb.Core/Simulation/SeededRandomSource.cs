using System.Buffers.Binary;

namespace DiscreetDb.Core;

/// <summary>
/// Random bytes that a seed determines, for simulation and tests: never for secrets of a user. Safe from any thread.
/// </summary>
internal sealed class SeededRandomSource(ulong seed) : IRandomSource
{
    private readonly Lock _gate = new();
    private ulong _counter;

    public ulong Seed { get; } = seed;

    public void Fill(Span<byte> destination)
    {
        if (destination.IsEmpty)
        {
            return;
        }

        Span<byte> position = stackalloc byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(position, Seed);
        lock (_gate)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(position[sizeof(ulong)..], _counter++);
        }

        Blake3.Hash(position, destination);
    }
}
