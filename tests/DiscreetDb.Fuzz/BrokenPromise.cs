namespace DiscreetDb.Fuzz;

/// <summary>A target took input it should have refused, or answered it wrongly.</summary>
internal sealed class BrokenPromise(string message) : Exception(message);
