namespace DiscreetDb.Benchmarks;

/// <summary>All figures in their order. Databases are filled only for figures that were asked for.</summary>
internal static class Suite
{
    public static void Run(BenchOptions options, Runner runner)
    {
        Report.PrintHeader();
        int calls = options.Quick ? 200 : 1_000;
        FloorSchema schema = FloorSchema.Read(WriteFigures.CommitSizes);
        if (options.WantsAny(WriteFigures.Names))
        {
            using var writes = new WriteFigures(schema, options);
            runner.Measure(writes.All());
        }

        if (options.WantsAny([.. ReadFigures.Names, "indexed_eq_1e5"]))
        {
            using var reads = new ReadFigures(schema, options.MiddleCount, calls);
            runner.Measure(reads.Small());
            runner.Measure([reads.Indexed("indexed_eq_1e5")]);
        }

        if (!options.Quick && options.WantsAny(["indexed_eq_1e6"]))
        {
            using var reads = new ReadFigures(schema, options.LargeCount, calls);
            runner.Measure([reads.Indexed("indexed_eq_1e6")]);
        }

        if (options.WantsAny(["nested_100"]))
        {
            using var nested = new NestedFigures(schema, calls);
            runner.Measure(nested.All());
        }

        if (options.WantsAny(["fts_10_hits", "fts_common_100"]))
        {
            using var search = new SearchFigures(schema, options.MiddleCount, calls);
            runner.Measure(search.All());
        }

        MeasureSizes(options, runner);
    }

    private static void MeasureSizes(BenchOptions options, Runner runner)
    {
        var sizes = new SizeFigures(options);
        foreach (Figure figure in sizes.All().Where(figure => options.Wants(figure.Name)))
        {
            runner.Add(new FigureResult(figure, figure.Engine(), null));
        }

        if (options.WantsAny(SizeFigures.GrowingNames))
        {
            foreach (FigureResult result in sizes.Growing())
            {
                runner.Add(result);
            }
        }
    }
}
