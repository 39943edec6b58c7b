namespace DiscreetDb.Benchmarks;

/// <summary>Medians of one figure.</summary>
internal sealed record FigureResult(Figure Figure, double Value, double? Floor)
{
    public double? Ratio => Floor is > 0 ? Value / Floor : null;

    public bool IsReached => Figure.IsReached(Value, Floor);
}
