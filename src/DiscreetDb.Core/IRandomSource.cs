namespace DiscreetDb;

/// <summary>Where every random byte of the engine comes from: keys, nonces, ids.</summary>
public interface IRandomSource
{
    /// <summary>Fills the span with random bytes.</summary>
    void Fill(Span<byte> destination);
}
