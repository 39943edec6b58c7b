namespace DiscreetDb.Benchmarks;

/// <summary>Measures figures in interleaved rounds, so that a slow minute of the machine strikes both sides.</summary>
internal sealed class Runner(BenchOptions options)
{
    private readonly List<FigureResult> _results = [];

    public IReadOnlyList<FigureResult> Results => _results;

    public void Measure(IEnumerable<Figure> figures)
    {
        Figure[] chosen = [.. figures.Where(f => options.Wants(f.Name))];
        var engine = chosen.ToDictionary(f => f.Name, _ => new List<double>());
        var floor = chosen.ToDictionary(f => f.Name, _ => new List<double>());

        // The round before the first warms both sides and is not counted.
        for (int round = -1; round < options.Rounds; round++)
        {
            foreach (Figure figure in chosen)
            {
                double value = figure.Engine();
                double? raw = figure.Floor?.Invoke();
                if (round >= 0)
                {
                    engine[figure.Name].Add(value);
                    floor[figure.Name].AddRange(raw is { } number ? [number] : []);
                }
            }
        }

        foreach (Figure figure in chosen)
        {
            double? raw = floor[figure.Name] is { Count: > 0 } values ? Timing.Median(values) : null;
            Add(new FigureResult(figure, Timing.Median(engine[figure.Name]), raw));
        }
    }

    public void Add(FigureResult result)
    {
        _results.Add(result);
        Report.Print(result);
    }
}
