using System.Diagnostics;
using DiscreetDb.TestKit;
using Microsoft.CodeAnalysis;

namespace DiscreetDb.Tidy.Tests.Snippets;

public sealed class SnippetTests
{
    [Fact]
    public void Code_blocks_of_the_pages_compile()
    {
        string[] errors = [.. Snippet.ReadAll().SelectMany(s => SnippetCompiler.FindErrors(SnippetCompiler.Compile(s)))];

        Findings.AssertNone(errors);
    }

    [Fact]
    public void A_code_block_with_a_mistake_is_found()
    {
        var snippet = new Snippet("page.md", 1, "await app.NoSuchMethodAsync();", IsProgram: false);

        Assert.Contains("NoSuchMethodAsync", Assert.Single(SnippetCompiler.FindErrors(SnippetCompiler.Compile(snippet))), StringComparison.Ordinal);
    }

    [Fact]
    public void Code_blocks_marked_as_programs_run()
    {
        foreach (Snippet snippet in Snippet.ReadAll().Where(s => s.IsProgram))
        {
            (int exitCode, string output) = Run(SnippetCompiler.Compile(snippet));

            Assert.True(exitCode == 0, $"{snippet} ended with {exitCode}: {output}");
        }
    }

    /// <summary>Runs in a process of its own: a program may end it, or keep a database open.</summary>
    private static (int ExitCode, string Output) Run(Compilation compilation)
    {
        using var folder = new TempFolder();
        string program = folder.File("Snippet.dll");
        Assert.True(compilation.Emit(program).Success);
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll"))
        {
            File.Copy(file, folder.File(Path.GetFileName(file)));
        }

        File.Copy(Path.Combine(AppContext.BaseDirectory, "DiscreetDb.Tidy.Tests.runtimeconfig.json"), folder.File("Snippet.runtimeconfig.json"));
        var start = new ProcessStartInfo("dotnet", [program])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["HOME"] = folder.Path;
        start.Environment["XDG_DATA_HOME"] = folder.Path;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
