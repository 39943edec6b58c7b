using System.Diagnostics;

namespace DiscreetDb.Benchmarks;

/// <summary>Clocks of one measurement.</summary>
internal static class Timing
{
    /// <summary>Things a second.</summary>
    public static double Rate(int count, Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Median of so many calls, in milliseconds.</summary>
    public static double MedianMs(int calls, Action<int> call)
    {
        double[] times = new double[calls];
        for (int i = 0; i < calls; i++)
        {
            long start = Stopwatch.GetTimestamp();
            call(i);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return Median(times);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
