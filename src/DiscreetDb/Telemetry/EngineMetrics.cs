using System.Diagnostics.Metrics;
using DiscreetDb.Storage;

namespace DiscreetDb.Telemetry;

/// <summary>The figures of all open databases of the process, under the meter <c>Discreet</c>, beside those of storage. Free while nobody listens.</summary>
internal sealed class EngineMetrics(TimeProvider clock)
{
    public const string MeterName = "Discreet";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Histogram<double> QueryDuration =
        Meter.CreateHistogram<double>("discreet.query.duration", "ms", "From the call of a query to its answer.");

    private static readonly Histogram<double> MutationDuration =
        Meter.CreateHistogram<double>("discreet.mutation.duration", "ms", "From the call of a mutation or deletion to its durable end.");

    private static readonly Counter<long> ChangedRows =
        Meter.CreateCounter<long>("discreet.rows.changed", "{row}", "Rows inserted, updated or deleted.");

    /// <summary>Where a duration begins; zero while nobody listens.</summary>
    public long Start() => QueryDuration.Enabled || MutationDuration.Enabled ? clock.GetTimestamp() : 0;

    public void QueryEnded(long start) => Record(QueryDuration, start);

    public void MutationEnded(long start) => Record(MutationDuration, start);

    public void Committed(ChangeSet changes) => ChangedRows.Add(changes.Count);

    private void Record(Histogram<double> duration, long start)
    {
        // A listener that came in between has no beginning to measure from.
        if (start != 0 && duration.Enabled)
        {
            duration.Record(clock.GetElapsedTime(start).TotalMilliseconds);
        }
    }
}
