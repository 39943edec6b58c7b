using DiscreetDb.Conformance;

RunOptions? options = RunOptions.Parse(args);
if (options is null)
{
    Console.Error.WriteLine("usage: DiscreetDb.Conformance FOLDER [--suite NAME] [--case TEXT] [--on-disk]");
    return 2;
}

IReadOnlyList<CaseFile> files = CaseFile.ReadFolder(options.Folder);
if (files.Count == 0)
{
    Console.Error.WriteLine($"{options.Folder} holds no case file (*.json).");
    return 2;
}

Tally tally = await SuiteRunner.RunAsync(files, options);
Console.WriteLine($"{tally.Passed} passed, {tally.Failed} failed, {tally.Skipped} skipped");
return tally.Failed == 0 ? 0 : 1;
