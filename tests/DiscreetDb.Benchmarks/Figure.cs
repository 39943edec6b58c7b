namespace DiscreetDb.Benchmarks;

/// <summary>One figure of the table: what is measured on the engine and, where there is one, on the floor.</summary>
/// <param name="Name">Its name in the JSON.</param>
/// <param name="Unit">What the values are.</param>
/// <param name="Goal">The goal in words.</param>
/// <param name="Engine">Measures the engine once.</param>
/// <param name="Floor">Measures raw SQLCipher once, doing the same.</param>
/// <param name="IsReached">Judges value and floor.</param>
internal sealed record Figure(
    string Name, string Unit, string Goal, Func<double> Engine, Func<double>? Floor, Func<double, double?, bool> IsReached);
