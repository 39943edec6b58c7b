using System.Net;
using DiscreetDb.Core;

namespace DiscreetDb.Network.Tests.Handshakes;

/// <summary>A connection whose every write is kept, and may be altered on its way.</summary>
internal sealed class WatchedConnection(IPeerConnection inner, Func<int, byte[], byte[]>? alter = null) : IPeerConnection
{
    /// <summary>Each write, before it was altered.</summary>
    public List<byte[]> Writes { get; } = [];

    public TransportKind Kind => inner.Kind;

    public ConnectionRole Role => inner.Role;

    public IPEndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public Hash256 LocalCertificateHash => inner.LocalCertificateHash;

    public Hash256 RemoteCertificateHash => inner.RemoteCertificateHash;

    public Task<ConnectionEnd> Ended => inner.Ended;

    public void Admit() => inner.Admit();

    public async ValueTask<IPeerStream> OpenStreamAsync(CancellationToken cancellationToken = default) =>
        new WatchedStream(await inner.OpenStreamAsync(cancellationToken), this);

    public async ValueTask<IPeerStream?> AcceptStreamAsync(CancellationToken cancellationToken = default) =>
        await inner.AcceptStreamAsync(cancellationToken) is { } stream ? new WatchedStream(stream, this) : null;

    public ValueTask CloseAsync(CloseCode code, CancellationToken cancellationToken = default) => inner.CloseAsync(code, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private byte[] Note(ReadOnlyMemory<byte> bytes)
    {
        Writes.Add(bytes.ToArray());
        return alter?.Invoke(Writes.Count - 1, bytes.ToArray()) ?? bytes.ToArray();
    }

    private sealed class WatchedStream(IPeerStream stream, WatchedConnection owner) : IPeerStream
    {
        public long Id => stream.Id;

        public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => stream.ReadAsync(buffer, cancellationToken);

        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, bool isLast = false, CancellationToken cancellationToken = default) =>
            stream.WriteAsync(owner.Note(bytes), isLast, cancellationToken);

        public void Abort(long code) => stream.Abort(code);

        public ValueTask DisposeAsync() => stream.DisposeAsync();
    }
}
