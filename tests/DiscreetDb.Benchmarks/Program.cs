using DiscreetDb.Benchmarks;

if (args is ["--tell-memory", var folder])
{
    SizeFigures.TellMemory(folder);
    return 0;
}

BenchOptions? options = BenchOptions.Parse(args);
if (options is null)
{
    Console.Error.WriteLine("usage: eng/bench [--quick] [--json FILE] [--markdown FILE [--append]] [--only NAME[,NAME]] [--rounds N]");
    return 2;
}

var runner = new Runner(options);
Suite.Run(options, runner);
if (options.JsonFile is { } file)
{
    Report.WriteJson(file, runner.Results);
}

if (options.MarkdownFile is { } page)
{
    MarkdownReport.Write(page, options, runner.Results);
}

return 0;
