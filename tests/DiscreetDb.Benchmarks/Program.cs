using DiscreetDb.Benchmarks;

if (args is ["--tell-memory", var folder])
{
    SizeFigures.TellMemory(folder);
    return 0;
}

BenchOptions? options = BenchOptions.Parse(args);
if (options is null)
{
    Console.Error.WriteLine("usage: eng/bench [--quick] [--json FILE] [--only NAME] [--rounds N]");
    return 2;
}

Report.PrintHeader();
var runner = new Runner(options);
FloorSchema schema = FloorSchema.Read(WriteFigures.CommitSizes);
using (var writes = new WriteFigures(schema, options))
{
    runner.Measure(writes.All());
}

int calls = options.Quick ? 200 : 1_000;
using (var reads = new ReadFigures(schema, options.MiddleCount, calls))
{
    runner.Measure(reads.Small());
    runner.Measure([reads.Indexed("indexed_eq_1e5")]);
}

if (!options.Quick)
{
    using var reads = new ReadFigures(schema, options.LargeCount, calls);
    runner.Measure([reads.Indexed("indexed_eq_1e6")]);
}

using (var nested = new NestedFigures(schema, calls))
{
    runner.Measure(nested.All());
}

using (var search = new SearchFigures(schema, options.MiddleCount, calls))
{
    runner.Measure(search.All());
}

var sizes = new SizeFigures(options);
new List<Figure>(sizes.All()).ForEach(f => runner.Add(new FigureResult(f, f.Engine(), null)));
foreach (FigureResult result in sizes.Growing())
{
    runner.Add(result);
}

if (options.JsonFile is { } file)
{
    Report.WriteJson(file, runner.Results);
}

return 0;
