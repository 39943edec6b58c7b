namespace DiscreetDb.Core;

internal static partial class Blake3
{
    /// <summary>Hashes an input that comes in pieces. Make it with a factory; keep it in a local.</summary>
    public ref struct Hasher
    {
        public static Hasher Create() => throw new NotSupportedException();

        public static Hasher CreateKeyed(ReadOnlySpan<byte> key) => throw new NotSupportedException();

        public static Hasher CreateDeriveKey(string context) => throw new NotSupportedException();

        public void Update(ReadOnlySpan<byte> input) => throw new NotSupportedException();

        /// <summary>The hash of everything so far; more may follow.</summary>
        public readonly void Finalize(Span<byte> hash) => throw new NotSupportedException();

        public readonly Hash256 Finalize() => throw new NotSupportedException();
    }
}
