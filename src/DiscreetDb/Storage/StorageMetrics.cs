using System.Diagnostics.Metrics;

namespace DiscreetDb.Storage;

/// <summary>What storage counts, under the meter <c>Discreet</c>.</summary>
internal sealed class StorageMetrics : IDisposable
{
    private readonly Meter _meter = new("Discreet");
    private readonly TimeProvider _time;
    private readonly Counter<long> _commits;
    private readonly Histogram<int> _groupSize;
    private readonly Histogram<double> _commitMs;
    private readonly Histogram<double> _checkpointMs;
    private readonly Counter<long> _readerWaits;

    public StorageMetrics(TimeProvider time)
    {
        _time = time;
        _commits = _meter.CreateCounter<long>("discreet.storage.commits", "{transaction}", "Durable transactions.");
        _groupSize = _meter.CreateHistogram<int>("discreet.storage.group_size", "{work}", "Pieces of work per transaction.");
        _commitMs = _meter.CreateHistogram<double>("discreet.storage.commit_duration", "ms", "Time to make a transaction durable.");
        _checkpointMs = _meter.CreateHistogram<double>("discreet.storage.checkpoint_duration", "ms", "Time to move the write-ahead log into the file.");
        _readerWaits = _meter.CreateCounter<long>("discreet.storage.reader_waits", "{wait}", "Reads that waited for a connection.");
    }

    public long Timestamp => _time.GetTimestamp();

    /// <summary>Shows the length of the writer's queue.</summary>
    public void ObserveQueue(Func<int> length) =>
        _meter.CreateObservableGauge("discreet.storage.queue_length", length, "{work}", "Pieces of work that wait for the writer.");

    public void Commit(int pieces, long start)
    {
        _commits.Add(1);
        _groupSize.Record(pieces);
        _commitMs.Record(ElapsedMs(start));
    }

    public void Checkpoint(long start) => _checkpointMs.Record(ElapsedMs(start));

    public void ReaderWait() => _readerWaits.Add(1);

    public void Dispose() => _meter.Dispose();

    private double ElapsedMs(long start) => _time.GetElapsedTime(start).TotalMilliseconds;
}
