namespace DiscreetDb.TestKit;

/// <summary>A text differs from what a reviewer accepted.</summary>
public sealed class SnapshotException(string message) : Exception(message);
