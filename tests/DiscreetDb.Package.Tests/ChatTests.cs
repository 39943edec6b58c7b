using System.Diagnostics;
using DiscreetDb.TestKit;

namespace DiscreetDb.Package.Tests;

/// <summary>The chat example as a user runs it: a process with a terminal or a pipe.</summary>
public sealed class ChatTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_typed_comes_back_and_is_there_the_next_time()
    {
        string[] first = await ChatAsync("hello\nwie geht's?\n/q\n");
        string[] second = await ChatAsync("again\n/q\n");

        Assert.Equal(["you said: hello", "you said: wie geht's?"], first);
        Assert.Equal(["you said: hello", "you said: wie geht's?", "you said: again"], second);
    }

    [Fact]
    public async Task The_end_of_the_input_ends_the_program() => Assert.Equal(["you said: hello"], await ChatAsync("hello\n"));

    [Fact]
    public async Task Another_password_is_another_user()
    {
        await ChatAsync("hello\n", "ann", "one password");

        Assert.Empty(await ChatAsync("/q\n", "ann", "another password"));
        Assert.Equal(["you said: hello"], await ChatAsync("/q\n", "ann", "one password"));
    }

    [Fact]
    public async Task Ctrl_C_ends_the_program_cleanly()
    {
        using Process chat = Start(_folder.Path);
        await chat.StandardInput.WriteLineAsync("hello");
        await chat.StandardInput.FlushAsync();
        while (await chat.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line && line != "you said: hello")
        {
        }

        using Process interrupt = Process.Start("kill", ["-INT", $"{chat.Id}"]);
        await interrupt.WaitForExitAsync();
        await chat.WaitForExitAsync().WaitAsync(Patience);

        Assert.Equal(0, chat.ExitCode);
        Assert.Empty(await chat.StandardError.ReadToEndAsync());
        Assert.Equal(["you said: hello"], await ChatAsync("/q\n"));
    }

    [Fact]
    public async Task A_failure_is_one_line_with_its_code()
    {
        string file = _folder.File("file");
        await File.WriteAllTextAsync(file, "not a folder");
        using Process chat = Start(Path.Combine(file, "below"));
        chat.StandardInput.Close();

        string error = await chat.StandardError.ReadToEndAsync();
        await chat.WaitForExitAsync().WaitAsync(Patience);

        Assert.Equal(1, chat.ExitCode);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task The_example_is_short_and_speaks_the_texts_of_the_original()
    {
        string source = await File.ReadAllTextAsync(Repository.PathOf("examples", "Chat", "Program.cs"));

        Assert.True(source.Split('\n').Length <= 91, "The chat is a program of at most 90 lines.");
        Assert.Contains("\"chat { Message{ content:String } }\"", source, StringComparison.Ordinal);
        Assert.Contains(
            "\"query { res: chat.Message( order_by(mdate asc, id asc), after($mdate, $id), room_id = $room_id ) { id mdate content } }\"",
            source, StringComparison.Ordinal);
        Assert.Contains("\"mutate { chat.Message { room_id:$room_id content: $message } }\"", source, StringComparison.Ordinal);
    }

    private async Task<string[]> ChatAsync(string input, params string[] user)
    {
        using Process chat = Start([_folder.Path, .. user]);
        await chat.StandardInput.WriteAsync(input);
        chat.StandardInput.Close();
        Task<string> error = chat.StandardError.ReadToEndAsync();
        string output = await chat.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await chat.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(chat.ExitCode == 0, $"The chat ended with {chat.ExitCode}: {output}{await error}");
        return [.. output.Split('\n').Where(line => line.StartsWith("you said: ", StringComparison.Ordinal))];
    }

    private static Process Start(params string[] arguments)
    {
        // Built with this project, so in the same configuration.
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string program = Repository.PathOf("examples", "Chat", "bin", configuration, "net10.0", "Chat.dll");

        // Whoever is started in the background by a script ignores interrupts, and so would every process below.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        return Process.Start(new ProcessStartInfo(command[0], [.. command[1..], program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
