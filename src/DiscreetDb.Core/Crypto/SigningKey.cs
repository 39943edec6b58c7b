namespace DiscreetDb.Core;

/// <summary>An Ed25519 key pair. Signs only through <see cref="DomainSignature" />.</summary>
internal sealed class SigningKey : IDisposable
{
    public static SigningKey FromSeed(ReadOnlySpan<byte> seed) => throw new NotSupportedException();

    public static SigningKey Generate(IRandomSource random) => throw new NotSupportedException();

    public ReadOnlySpan<byte> PublicKey => throw new NotSupportedException();

    /// <summary>Signs raw bytes: for <see cref="DomainSignature" /> and test vectors only (log.md §1: never sign bytes a peer chose).</summary>
    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature) => throw new NotSupportedException();

    public void Dispose() => throw new NotSupportedException();
}
