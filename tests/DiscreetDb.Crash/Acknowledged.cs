using System.Globalization;

namespace DiscreetDb.Crash;

/// <summary>What the killed processes were told is durable.</summary>
internal sealed class Acknowledged
{
    private readonly HashSet<(int Worker, long Sequence)> _deleted = [];

    /// <summary>Last acknowledged document of each worker.</summary>
    public long[] Last { get; } = new long[Worker.Count];

    public IReadOnlySet<(int Worker, long Sequence)> Deleted => _deleted;

    public int LineCount { get; private set; }

    public void Take(string line)
    {
        LineCount++;
        if (line.Split(' ') is not [var kind, var worker, var sequence])
        {
            return;
        }

        int number = int.Parse(worker, CultureInfo.InvariantCulture);
        long value = long.Parse(sequence, CultureInfo.InvariantCulture);
        if (kind == "ack")
        {
            Last[number] = value;
        }
        else
        {
            _deleted.Add((number, value));
        }
    }
}
