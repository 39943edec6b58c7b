namespace DiscreetDb.Benchmarks;

/// <summary>Medians of one figure.</summary>
internal sealed record FigureResult(Figure Figure, double Value, double? Floor)
{
    public double? Ratio => Floor is > 0 ? Value / Floor : null;

    /// <summary>Judged once, while the databases of the figure are open.</summary>
    public bool IsReached { get; } = Figure.IsReached(Value, Floor);
}
