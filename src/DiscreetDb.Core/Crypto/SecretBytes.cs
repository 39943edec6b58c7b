using System.Security.Cryptography;

namespace DiscreetDb.Core;

/// <summary>
/// A secret: pinned so that the collector leaves no copies, zeroed when disposed, compared in constant time.
/// </summary>
internal sealed class SecretBytes : IDisposable
{
    private readonly byte[] _bytes;
    private bool _isDisposed;

    /// <summary>A secret of so many zero bytes, to be filled.</summary>
    public SecretBytes(int sizeBytes)
    {
        _bytes = GC.AllocateArray<byte>(sizeBytes, pinned: true);
    }

    /// <summary>A copy of the bytes; the caller zeroes the original.</summary>
    public SecretBytes(ReadOnlySpan<byte> bytes)
        : this(bytes.Length)
    {
        bytes.CopyTo(_bytes);
    }

    public int SizeBytes => _bytes.Length;

    /// <exception cref="ObjectDisposedException">The secret is gone.</exception>
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _bytes;
        }
    }

    public bool FixedTimeEquals(ReadOnlySpan<byte> other) => CryptographicOperations.FixedTimeEquals(Span, other);

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_bytes);
        _isDisposed = true;
    }

    /// <summary>Never the bytes.</summary>
    public override string ToString() => $"SecretBytes({_bytes.Length})";
}
