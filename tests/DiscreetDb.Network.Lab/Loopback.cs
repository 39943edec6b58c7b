using System.Diagnostics;
using System.Net;
using DiscreetDb.Core;

namespace DiscreetDb.Network.Lab;

/// <summary>Two devices in one process, over the loopback interface.</summary>
internal static class Loopback
{
    private const int Parallel = 8;
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(15);

    /// <summary>Connections that are opened, proved, used and closed as fast as it goes; what the process holds must not grow.</summary>
    public static async Task<int> ChurnAsync(double minutes)
    {
        await using TlsTransport listener = Listen();
        await using TlsTransport dialler = Listen();
        (LabPeer a, LabPeer b) = (new LabPeer(1, 2), new LabPeer(2, 1));
        _ = ServeAllAsync(listener, b);
        long start = Stopwatch.GetTimestamp();
        long count = 0;
        Task[] workers = [.. Enumerable.Range(0, Parallel).Select(_ => WorkAsync())];
        for (TimeSpan next = ReportInterval; Stopwatch.GetElapsedTime(start).TotalMinutes < minutes; next += ReportInterval)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(1, (next - Stopwatch.GetElapsedTime(start)).TotalMilliseconds)));
            Report();
        }

        await Task.WhenAll(workers);
        GC.Collect();
        Report();
        Console.WriteLine($"left open: {listener.ConnectionCount} and {dialler.ConnectionCount}, not admitted: {listener.HalfOpenCount}");
        return 0;

        async Task WorkAsync()
        {
            while (Stopwatch.GetElapsedTime(start).TotalMinutes < minutes)
            {
                await using AuthenticatedPeer peer = await ReachAsync(dialler, listener, a);
                await EchoAsync(peer.Connection, new byte[1_000]);
                Interlocked.Increment(ref count);
            }
        }

        void Report()
        {
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(
                $"{Stopwatch.GetElapsedTime(start).TotalSeconds,6:0} s  {Interlocked.Read(ref count),8} connections  {process.WorkingSet64 >> 20,5} MB  "
                + $"{GC.GetTotalMemory(forceFullCollection: true) >> 10,7} KB managed  {process.HandleCount,5} handles  {process.Threads.Count,4} threads");
        }
    }

    /// <summary>Handshake, large transfer, round trip, short streams: medians of five.</summary>
    public static async Task<int> MeasureAsync()
    {
        await using TlsTransport listener = Listen();
        await using TlsTransport dialler = Listen();
        (LabPeer a, LabPeer b) = (new LabPeer(1, 2), new LabPeer(2, 1));
        _ = ServeAllAsync(listener, b);
        List<double>[] figures = [[], [], [], []];
        for (int round = 0; round < 6; round++)
        {
            long start = Stopwatch.GetTimestamp();
            await using AuthenticatedPeer peer = await ReachAsync(dialler, listener, a);
            double handshake = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            double megabytes = await MeasureLargeAsync(peer.Connection);
            double roundTrip = await MeasureRoundTripAsync(peer.Connection);
            double streams = await MeasureStreamsAsync(peer.Connection);
            if (round > 0)
            {
                figures[0].Add(handshake);
                figures[1].Add(megabytes);
                figures[2].Add(roundTrip);
                figures[3].Add(streams);
            }
        }

        double[] medians = [.. figures.Select(f => f.Order().ElementAt(f.Count / 2))];
        Console.WriteLine($"TLS: connected and proved in {medians[0]:0.00} ms, {medians[1]:0} MB/s, {medians[2]:0} µs a round trip of 64 bytes, {medians[3]:0} short streams a second");
        return 0;
    }

    private static async Task<double> MeasureLargeAsync(IPeerConnection connection)
    {
        const int blockCount = 400;
        byte[] block = new byte[256 * 1024];
        IPeerStream stream = await connection.OpenStreamAsync();
        await stream.WriteAsync(new byte[] { Swallow });
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < blockCount; i++)
        {
            await stream.WriteAsync(block, isLast: i == blockCount - 1);
        }

        await stream.ReadAsync(new byte[1]);
        return blockCount * (block.Length / 1e6) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double> MeasureRoundTripAsync(IPeerConnection connection)
    {
        const int count = 5_000;
        byte[] message = new byte[64];
        message[0] = Echo;
        IPeerStream stream = await connection.OpenStreamAsync();
        await stream.WriteAsync(new byte[] { Echo });
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            await stream.WriteAsync(message);
            for (int size = 0; size < message.Length;)
            {
                size += await stream.ReadAsync(message.AsMemory(size));
            }
        }

        double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds / count;
        await stream.DisposeAsync();
        return microseconds;
    }

    private static async Task<double> MeasureStreamsAsync(IPeerConnection connection)
    {
        const int count = 10_000;
        const int parallel = 64;
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(async _ =>
        {
            for (int i = 0; i < count / parallel; i++)
            {
                await EchoAsync(connection, new byte[64]);
            }
        }));
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // The first byte of a stream says what the other end does with the rest.
    private const byte Echo = 0;
    private const byte Swallow = 1;

    private static async Task EchoAsync(IPeerConnection connection, byte[] content)
    {
        await using IPeerStream stream = await connection.OpenStreamAsync();
        await stream.WriteAsync((byte[])[Echo, .. content], isLast: true);
        byte[] buffer = new byte[2_048];
        while (await stream.ReadAsync(buffer) > 0)
        {
        }
    }

    private static async Task ServeAllAsync(TlsTransport listener, LabPeer self)
    {
        while (await listener.AcceptAsync() is { } connection)
        {
            _ = ServeAsync(connection, self);
        }
    }

    private static async Task ServeAsync(IPeerConnection connection, LabPeer self)
    {
        await Handshake.AcceptAsync(self.Options, connection);
        while (await connection.AcceptStreamAsync() is { } stream)
        {
            _ = ServeAsync(stream);
        }
    }

    private static async Task ServeAsync(IPeerStream stream)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            await stream.ReadAsync(buffer.AsMemory(0, 1));
            bool isEcho = buffer[0] == Echo;
            while (await stream.ReadAsync(buffer) is > 0 and var count)
            {
                if (isEcho)
                {
                    await stream.WriteAsync(buffer.AsMemory(0, count));
                }
            }

            await stream.WriteAsync(default, isLast: true);
        }
        catch (NetworkException)
        {
            // The other end is done.
        }
    }

    private static async Task<AuthenticatedPeer> ReachAsync(TlsTransport dialler, TlsTransport listener, LabPeer self)
    {
        IPeerConnection connection = await dialler.DialAsync(new DialTarget(listener.LocalEndPoint));
        HandshakeResult result = await Handshake.DialAsync(self.Options, connection, self.Secrets);
        return result.Peer ?? throw new InvalidOperationException($"{result.Fault}");
    }

    private static TlsTransport Listen() =>
        TlsTransport.Listen(new IPEndPoint(IPAddress.Loopback, 0), new TransportOptions { Clock = TimeProvider.System, Random = SystemRandom.Instance });
}
