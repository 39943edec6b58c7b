using System.Diagnostics;

namespace DiscreetDb.Network.Lab;

/// <summary>This program in a namespace, in a role.</summary>
internal sealed class LabMachine : IAsyncDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly List<string> _lines = [];

    public LabMachine(string networkNamespace, string role)
    {
        string program = typeof(LabMachine).Assembly.Location;
        _process = Process.Start(new ProcessStartInfo("ip", $"netns exec {networkNamespace} dotnet {program} {role}")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>The next line that begins with the word; what came before it is skipped.</summary>
    public async Task<string> WaitForAsync(string word)
    {
        using var watchdog = new CancellationTokenSource(Watchdog);
        while (true)
        {
            string? line;
            try
            {
                line = await _process.StandardOutput.ReadLineAsync(watchdog.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"No {word} within {Watchdog}; it said: {string.Join(" | ", _lines)}");
            }

            if (line is null)
            {
                throw new InvalidOperationException($"It ended without {word}; it said: {string.Join(" | ", _lines)}");
            }

            _lines.Add(line);
            if (line.StartsWith(word, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            using var watchdog = new CancellationTokenSource(Watchdog);
            await _process.WaitForExitAsync(watchdog.Token);
        }

        _process.Dispose();
    }
}
