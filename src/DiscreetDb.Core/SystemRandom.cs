using System.Security.Cryptography;

namespace DiscreetDb.Core;

/// <summary>The operating system's random bytes.</summary>
internal sealed class SystemRandom : IRandomSource
{
    public static SystemRandom Instance { get; } = new();

    public void Fill(Span<byte> destination)
    {
#pragma warning disable RS0030 // The one place where chance enters; everything else takes an IRandomSource.
        RandomNumberGenerator.Fill(destination);
#pragma warning restore RS0030
    }
}
