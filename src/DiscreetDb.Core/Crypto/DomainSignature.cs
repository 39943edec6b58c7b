namespace DiscreetDb.Core;

/// <summary>Every signature of the engine: over <c>"discreet/v1/&lt;kind&gt;\0" ‖ length ‖ canonical bytes</c>.</summary>
internal static class DomainSignature
{
    public static void Sign(SigningKey key, SignedKind kind, ReadOnlySpan<byte> canonical, Span<byte> signature) => throw new NotSupportedException();

    public static bool Verify(ReadOnlySpan<byte> publicKey, SignedKind kind, ReadOnlySpan<byte> canonical, ReadOnlySpan<byte> signature) => throw new NotSupportedException();
}
