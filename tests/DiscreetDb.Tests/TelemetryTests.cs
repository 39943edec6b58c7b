using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace DiscreetDb.Tests;

public sealed class TelemetryTests
{
    [Fact]
    public async Task The_log_tells_what_happens_to_the_database_and_nothing_a_user_wrote()
    {
        ListLogger logger = new();
        await using (Discreet app = await TestDatabase.InMemoryAsync(options: new() { Logger = logger }))
        {
            await app.AddBoatAsync("a secret name");
            await app.UpdateDataModelAsync(TestDatabase.Model + " chat { Message { content: String } }");
        }

        Assert.Contains(logger.Lines, line => line.Contains(TestDatabase.AppKey, StringComparison.Ordinal));
        Assert.Contains(logger.Lines, line => line.Contains("is in force", StringComparison.Ordinal));
        Assert.Contains(logger.Lines, line => line.Contains("Closed", StringComparison.Ordinal));
        Assert.DoesNotContain(logger.Lines, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Durations_and_changed_rows_are_measured()
    {
        ConcurrentDictionary<string, int> seen = [];
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == "Discreet")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => seen.AddOrUpdate(instrument.Name, 1, (_, count) => count + 1));
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => seen.AddOrUpdate(instrument.Name, 1, (_, count) => count + 1));
        listener.Start();
        await using Discreet app = await TestDatabase.InMemoryAsync();

        await app.AddBoatAsync("Aria");
        await app.BoatsAsync();

        Assert.True(
            new[] { "discreet.query.duration", "discreet.mutation.duration", "discreet.rows.changed" }.All(seen.ContainsKey),
            string.Join(", ", seen.Keys));
    }

    private sealed class ListLogger : ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));
    }
}
