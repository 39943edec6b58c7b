namespace DiscreetDb.Differential;

/// <summary>The engine and the naive model disagree.</summary>
internal sealed class SessionFailure(string message) : Exception(message);
