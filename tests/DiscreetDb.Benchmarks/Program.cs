using DiscreetDb.Benchmarks;

if (args is ["--tell-memory", var folder])
{
    SizeFigures.TellMemory(folder);
    return 0;
}

if (args is ["--peers", ..])
{
    bool isQuick = args.Contains("--quick");
    PeerCommits.Run(isQuick ? 10_000 : 100_000, isQuick ? 100 : 1_000);
    return 0;
}

BenchOptions? options = BenchOptions.Parse(args);
if (options is null)
{
    Console.Error.WriteLine(
        "usage: eng/bench [--quick] [--json FILE] [--markdown FILE [--append]] [--only NAME[,NAME]] [--rounds N], or eng/bench --peers [--quick]");
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
