using System.Net;
using System.Security.Cryptography;
using DiscreetDb.TestKit;
using static DiscreetDb.Network.Tests.Contract.StreamExtensions;

namespace DiscreetDb.Network.Tests.Contract;

/// <summary>What every transport does, whatever carries it. Each implementation runs all of it.</summary>
public abstract class TransportContract
{
    internal abstract TransportHarness CreateHarness();

    [Fact]
    public Task Both_ends_know_both_certificates() => RunAsync(async harness =>
    {
        IPeerTransport a = harness.CreateTransport();
        IPeerTransport b = harness.CreateTransport();

        ConnectionPair pair = await harness.ConnectAsync(a, b);

        Assert.NotEqual(a.CertificateHash, b.CertificateHash);
        Assert.Equal((a.CertificateHash, b.CertificateHash), (pair.Dialler.LocalCertificateHash, pair.Dialler.RemoteCertificateHash));
        Assert.Equal((b.CertificateHash, a.CertificateHash), (pair.Listener.LocalCertificateHash, pair.Listener.RemoteCertificateHash));
        Assert.Equal((ConnectionRole.Dialler, ConnectionRole.Listener), (pair.Dialler.Role, pair.Listener.Role));
        Assert.Equal(b.LocalEndPoint, pair.Dialler.RemoteEndPoint);
    });

    [Fact]
    public Task Bytes_cross_both_ways_and_each_direction_ends_by_itself() => RunAsync(async harness =>
    {
        ConnectionPair pair = await harness.ConnectAsync();
        IPeerStream opened = await pair.Dialler.OpenStreamAsync();
        await opened.WriteAsync("question"u8.ToArray(), isLast: true);
        IPeerStream accepted = (await pair.Listener.AcceptStreamAsync())!;

        Assert.Equal("question"u8.ToArray(), await accepted.ReadToEndAsync());
        Assert.Equal(0, await accepted.ReadAsync(new byte[1]));
        await accepted.WriteAsync("first "u8.ToArray());
        await accepted.WriteAsync("answer"u8.ToArray());
        await accepted.WriteAsync(default, isLast: true);
        Assert.Equal("first answer"u8.ToArray(), await opened.ReadToEndAsync());
        Assert.Equal(opened.Id, accepted.Id);
    });

    [Fact]
    public Task The_listener_opens_streams_too() => RunAsync(async harness =>
    {
        ConnectionPair pair = await harness.ConnectAsync();
        IPeerStream opened = await pair.Listener.OpenStreamAsync();
        await opened.WriteAsync("news"u8.ToArray(), isLast: true);

        IPeerStream accepted = (await pair.Dialler.AcceptStreamAsync())!;

        Assert.Equal("news"u8.ToArray(), await accepted.ReadToEndAsync());
    });

    [Fact]
    public Task A_stream_that_only_ends_reaches_the_peer() => RunAsync(async harness =>
    {
        ConnectionPair pair = await harness.ConnectAsync();
        IPeerStream opened = await pair.Dialler.OpenStreamAsync();
        await opened.WriteAsync(default, isLast: true);

        IPeerStream accepted = (await pair.Listener.AcceptStreamAsync())!;

        Assert.Equal(0, await accepted.ReadAsync(new byte[8]));
    });

    [Fact]
    public Task A_large_transfer_arrives_whole() => RunAsync(async harness =>
    {
        ConnectionPair pair = await harness.ConnectAsync();
        var random = new SeededRandom();
        byte[] block = random.Bytes(256 * 1024);
        IPeerStream opened = await pair.Dialler.OpenStreamAsync();
        int blockCount = Math.Max(1, harness.LargeSizeBytes / block.Length);

        Task<byte[]> sending = SendAsync();
        IPeerStream accepted = (await pair.Listener.AcceptStreamAsync())!;
        byte[] received = await HashAsync(accepted);

        Assert.Equal(await sending, received);

        async Task<byte[]> SendAsync()
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (int i = 0; i < blockCount; i++)
            {
                block[i % block.Length]++;
                hash.AppendData(block);
                await opened.WriteAsync(block, isLast: i == blockCount - 1);
            }

            return hash.GetHashAndReset();
        }

        static async Task<byte[]> HashAsync(IPeerStream stream)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] buffer = new byte[64 * 1024];
            while (await stream.ReadAsync(buffer) is > 0 and var count)
            {
                hash.AppendData(buffer, 0, count);
            }

            return hash.GetHashAndReset();
        }
    });

    [Fact]
    public Task Streams_share_a_connection_fairly_and_none_is_mixed_up() => RunAsync(async harness =>
    {
        ConnectionPair pair = await harness.ConnectAsync();
        var random = new SeededRandom();
        byte[][] contents = [.. Enumerable.Range(0, 32).Select(_ => random.Bytes(random.Between(1, 150_000)))];
        Task echoing = pair.Listener.EchoAllAsync();

        byte[][] echoes = await Task.WhenAll(contents.Select(content => EchoOfAsync(pair.Dialler, content)));

        Assert.Equal(contents, echoes);
        await pair.Dialler.CloseAsync(CloseCode.Closed);
        await echoing;
    });

    [Fact]
    public Task Thousands_of_streams_one_after_the_other_leave_nothing_behind() => RunAsync(async harness =>
    {
        const int parallelCount = 50;
        ConnectionPair pair = await harness.ConnectAsync();
        Task echoing = pair.Listener.EchoAllAsync();

        await Task.WhenAll(Enumerable.Range(0, parallelCount).Select(async worker =>
        {
            for (int i = worker; i < harness.StreamCount; i += parallelCount)
            {
                byte[] content = BitConverter.GetBytes(i);
                Assert.Equal(content, await EchoOfAsync(pair.Dialler, content));
            }
        }));

        await pair.Dialler.CloseAsync(CloseCode.Closed);
        await echoing;
    });

    [Fact]
    public Task Whoever_opens_more_streams_than_allowed_waits_for_one_to_end() => RunAsync(async harness =>
    {
        ConnectionPair pair = await harness.ConnectAsync(o => o with { StreamCount = 4 });
        List<(IPeerStream Opened, IPeerStream Accepted)> streams = [];
        for (int i = 0; i < 4; i++)
        {
            streams.Add(await pair.OpenStreamAsync());
        }

        Task<IPeerStream> fifth = pair.Dialler.OpenStreamAsync().AsTask();
        Assert.False(fifth.IsCompleted);
        await streams[0].Opened.WriteAsync(default, isLast: true);
        await streams[0].Accepted.ReadToEndAsync();
        Assert.False(fifth.IsCompleted);
        await streams[0].Accepted.WriteAsync(default, isLast: true);

        IPeerStream opened = await fifth;
        await opened.WriteAsync("late"u8.ToArray(), isLast: true);
        Assert.Equal("late"u8.ToArray(), await (await pair.Listener.AcceptStreamAsync())!.ReadToEndAsync());
    });

    [Fact]
    public Task A_waiting_open_can_be_cancelled() => RunAsync(async harness =>
    {
        ConnectionPair pair = await harness.ConnectAsync(o => o with { StreamCount = 1 });
        await pair.OpenStreamAsync();
        using var cancellation = new CancellationTokenSource();
        Task<IPeerStream> second = pair.Dialler.OpenStreamAsync(cancellation.Token).AsTask();

        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    });

    [Fact]
    public Task An_abort_reaches_the_reader_and_the_writer_of_the_other_end() => RunAsync(async harness =>
    {
        ConnectionPair pair = await harness.ConnectAsync();
        (IPeerStream opened, IPeerStream accepted) = await pair.OpenStreamAsync();
        Task reading = accepted.ReadAsync(new byte[1]).AsTask();

        opened.Abort(42);

        Assert.Equal(42, (await FailsAsync(NetworkFault.StreamAborted, () => reading)).Code);
        Assert.Equal(42, (await FailsAsync(NetworkFault.StreamAborted, () => WriteForEverAsync(accepted))).Code);
        await FailsAsync(NetworkFault.StreamAborted, () => opened.ReadAsync(new byte[1]).AsTask());
        await FailsAsync(NetworkFault.StreamAborted, () => opened.WriteAsync(new byte[1]).AsTask());

        // Other streams do not notice.
        (IPeerStream next, IPeerStream nextAccepted) = await pair.OpenStreamAsync();
        await next.WriteAsync("on"u8.ToArray(), isLast: true);
        Assert.Equal("on"u8.ToArray(), await nextAccepted.ReadToEndAsync());
    });

    [Fact]
    public Task A_stream_aborted_before_it_was_taken_is_seen_as_aborted() => RunAsync(async harness =>
    {
        ConnectionPair pair = await harness.ConnectAsync();
        IPeerStream opened = await pair.Dialler.OpenStreamAsync();
        await opened.WriteAsync(new byte[3]);

        opened.Abort(7);

        IPeerStream accepted = (await pair.Listener.AcceptStreamAsync())!;
        await FailsAsync(NetworkFault.StreamAborted, () => accepted.ReadToEndAsync());
    });

    [Fact]
    public Task Streams_opened_and_aborted_at_once_stay_bounded() => RunAsync(async harness =>
    {
        ConnectionPair pair = await harness.ConnectAsync(o => o with { StreamCount = 8 });
        for (int i = 0; i < 8; i++)
        {
            IPeerStream stream = await pair.Dialler.OpenStreamAsync();
            await stream.WriteAsync(new byte[1]);
            stream.Abort(0);
        }

        // Nobody has taken one of them, so there is no place for a ninth.
        Task<IPeerStream> ninth = pair.Dialler.OpenStreamAsync().AsTask();
        (IPeerStream opened, _) = await OpenBackwardsAsync(pair);
        Assert.False(ninth.IsCompleted);
        for (int i = 0; i < 8; i++)
        {
            await (await pair.Listener.AcceptStreamAsync())!.DisposeAsync();
        }

        await ninth;
        await opened.DisposeAsync();
    });

    [Fact]
    public Task A_writer_waits_for_a_peer_that_does_not_read_and_other_streams_go_on() => RunAsync(async harness =>
    {
        const int window = 128 * 1024;
        ConnectionPair pair = await harness.ConnectAsync(o => o with { StreamWindowSizeBytes = window, ConnectionWindowSizeBytes = 4 * window });
        (IPeerStream slow, IPeerStream slowAccepted) = await pair.OpenStreamAsync();
        byte[] content = new SeededRandom().Bytes(10 * window);
        Task writing = slow.WriteAsync(content, isLast: true).AsTask();

        // Everything that may pass has passed when later streams have come to their end.
        (IPeerStream other, IPeerStream otherAccepted) = await pair.OpenStreamAsync();
        Task echoing = otherAccepted.EchoAsync();
        Task<byte[]> reading = other.ReadToEndAsync();
        await other.WriteAsync(content.AsMemory(0, 3 * window), isLast: true);
        Assert.Equal(content[..(3 * window)], await reading);
        await echoing;

        Assert.False(writing.IsCompleted);
        Assert.Equal(content, await slowAccepted.ReadToEndAsync());
        await writing;
    });

    [Fact]
    public Task Aborting_a_stream_gives_its_unread_bytes_back_to_the_connection() => RunAsync(async harness =>
    {
        const int window = 64 * 1024;
        ConnectionPair pair = await harness.ConnectAsync(o => o with { StreamWindowSizeBytes = window, ConnectionWindowSizeBytes = window });
        for (int i = 0; i < 10; i++)
        {
            (IPeerStream opened, IPeerStream accepted) = await pair.OpenStreamAsync();
            Task writing = opened.WriteAsync(new byte[2 * window]).AsTask();
            accepted.Abort(1);
            await FailsAsync(NetworkFault.StreamAborted, () => writing);
        }

        (IPeerStream last, IPeerStream lastAccepted) = await pair.OpenStreamAsync();
        Task<byte[]> reading = lastAccepted.ReadToEndAsync();
        await last.WriteAsync(new byte[3 * window], isLast: true);
        Assert.Equal(3 * window, (await reading).Length);
    });

    [Fact]
    public Task A_cancelled_read_leaves_the_stream_as_it_was() => RunAsync(async harness =>
    {
        ConnectionPair pair = await harness.ConnectAsync();
        (IPeerStream opened, IPeerStream accepted) = await pair.OpenStreamAsync();
        using var cancellation = new CancellationTokenSource();
        Task<int> reading = accepted.ReadAsync(new byte[1], cancellation.Token).AsTask();
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        await opened.WriteAsync("still"u8.ToArray(), isLast: true);

        Assert.Equal("still"u8.ToArray(), await accepted.ReadToEndAsync());
    });

    [Fact]
    public Task A_write_cancelled_in_the_middle_breaks_the_stream_off() => RunAsync(async harness =>
    {
        ConnectionPair pair = await harness.ConnectAsync();
        (IPeerStream opened, IPeerStream accepted) = await pair.OpenStreamAsync();
        using var cancellation = new CancellationTokenSource();
        Task writing = opened.WriteAsync(new byte[8 * 1024 * 1024], cancellationToken: cancellation.Token).AsTask();
        await accepted.ReadAsync(new byte[1]);

        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        await FailsAsync(NetworkFault.StreamAborted, () => accepted.ReadToEndAsync());
    });

    [Fact]
    public Task One_reader_and_one_writer_at_a_time() => RunAsync(async harness =>
    {
        ConnectionPair pair = await harness.ConnectAsync();
        (IPeerStream opened, IPeerStream accepted) = await pair.OpenStreamAsync();
        Task<int> reading = accepted.ReadAsync(new byte[1]).AsTask();

        await Assert.ThrowsAsync<InvalidOperationException>(() => accepted.ReadAsync(new byte[1]).AsTask());
        await opened.WriteAsync(new byte[1], isLast: true);
        Assert.Equal(1, await reading);
        await Assert.ThrowsAsync<InvalidOperationException>(() => opened.WriteAsync(new byte[1]).AsTask());
    });

    [Fact]
    public Task A_close_code_reaches_the_peer_and_everything_ends() => RunAsync(async harness =>
    {
        ConnectionPair pair = await harness.ConnectAsync();
        (IPeerStream opened, IPeerStream accepted) = await pair.OpenStreamAsync();
        Task reading = accepted.ReadAsync(new byte[1]).AsTask();
        Task<IPeerStream?> accepting = pair.Listener.AcceptStreamAsync().AsTask();

        await pair.Dialler.CloseAsync(CloseCode.Duplicate);

        Assert.Equal(new ConnectionEnd(ConnectionEndReason.ClosedByPeer, CloseCode.Duplicate), await pair.Listener.Ended);
        Assert.Equal(new ConnectionEnd(ConnectionEndReason.ClosedHere, CloseCode.Duplicate), await pair.Dialler.Ended);
        await FailsAsync(NetworkFault.ConnectionClosed, () => reading);
        Assert.Null(await accepting);
        await FailsAsync(NetworkFault.ConnectionClosed, () => opened.WriteAsync(new byte[1]).AsTask());
        await FailsAsync(NetworkFault.ConnectionClosed, () => pair.Listener.OpenStreamAsync().AsTask());
        await pair.Listener.CloseAsync(CloseCode.Closed);
        await pair.Dialler.DisposeAsync();
    });

    [Fact]
    public Task Both_ends_may_close_at_once_in_the_middle_of_everything() => RunAsync(async harness =>
    {
        IPeerTransport a = harness.CreateTransport();
        IPeerTransport b = harness.CreateTransport();

        // More than a peer that does not read takes.
        byte[] tooMuch = new byte[4 * Limits.StreamWindowSizeBytes];
        for (int i = 0; i < 100; i++)
        {
            ConnectionPair pair = await harness.ConnectAsync(a, b);
            pair.Admit();
            (IPeerStream opened, IPeerStream accepted) = await pair.OpenStreamAsync();
            Task[] writing = [opened.WriteAsync(tooMuch).AsTask(), accepted.WriteAsync(tooMuch).AsTask()];

            await Task.WhenAll(pair.Dialler.DisposeAsync().AsTask(), pair.Listener.DisposeAsync().AsTask());

            Assert.Equal(CloseCode.Closed, (await pair.Dialler.Ended).Code);
            Assert.Equal(CloseCode.Closed, (await pair.Listener.Ended).Code);
            await FailsAsync(NetworkFault.ConnectionClosed, () => writing[0]);
            await FailsAsync(NetworkFault.ConnectionClosed, () => writing[1]);
        }
    });

    [Fact]
    public Task A_transport_that_is_closed_closes_its_connections() => RunAsync(async harness =>
    {
        IPeerTransport a = harness.CreateTransport();
        IPeerTransport b = harness.CreateTransport();
        ConnectionPair pair = await harness.ConnectAsync(a, b);
        pair.Admit();
        Task<IPeerConnection?> accepting = b.AcceptAsync().AsTask();

        await b.DisposeAsync();

        Assert.Null(await accepting);
        Assert.Equal(new ConnectionEnd(ConnectionEndReason.ClosedByPeer, CloseCode.ShuttingDown), await pair.Dialler.Ended);
        await FailsAsync(NetworkFault.ConnectionClosed, () => b.DialAsync(new DialTarget(a.LocalEndPoint)).AsTask());
        await FailsAsync(NetworkFault.Refused, () => a.DialAsync(new DialTarget(b.LocalEndPoint)).AsTask());
    });

    [Fact]
    public Task Two_hundred_connections_at_once() => RunAsync(async harness =>
    {
        const int count = 200;
        IPeerTransport listener = harness.CreateTransport();
        IPeerTransport dialler = harness.CreateTransport();
        List<Task> echoing = [];
        List<IPeerConnection> connections = [];
        for (int i = 0; i < count; i++)
        {
            ConnectionPair pair = await harness.ConnectAsync(dialler, listener);
            pair.Admit();
            connections.Add(pair.Dialler);
            echoing.Add(pair.Listener.EchoAllAsync());
        }

        byte[][] echoes = await Task.WhenAll(connections.Select((c, i) => EchoOfAsync(c, BitConverter.GetBytes(i))));

        Assert.Equal(Enumerable.Range(0, count), echoes.Select(e => BitConverter.ToInt32(e)));
        await dialler.DisposeAsync();
        await Task.WhenAll(echoing);
    });

    [Fact]
    public Task Two_that_dial_each_other_at_once_get_two_connections() => RunAsync(async harness =>
    {
        IPeerTransport a = harness.CreateTransport();
        IPeerTransport b = harness.CreateTransport();

        Task<ConnectionPair> there = harness.ConnectAsync(a, b);
        Task<ConnectionPair> back = harness.ConnectAsync(b, a);

        foreach (ConnectionPair pair in await Task.WhenAll(there, back))
        {
            pair.Admit();
            (IPeerStream opened, IPeerStream accepted) = await pair.OpenStreamAsync();
            await opened.WriteAsync("both"u8.ToArray(), isLast: true);
            Assert.Equal("both"u8.ToArray(), await accepted.ReadToEndAsync());
        }
    });

    [Fact]
    public Task A_peer_that_vanishes_is_given_up_after_the_idle_time() => RunAsync(async harness =>
    {
        IPeerTransport a = harness.CreateTransport();
        IPeerTransport b = harness.CreateTransport();
        ConnectionPair pair = await harness.ConnectAsync(a, b, harness.CuttableAddressOf(b));
        pair.Admit();
        (IPeerStream opened, _) = await pair.OpenStreamAsync();
        Task reading = opened.ReadAsync(new byte[1]).AsTask();

        harness.CutAll();
        await harness.PassAsync(TimeSpan.FromMilliseconds(Limits.IdleMs + 1_000));

        Assert.Equal(ConnectionEndReason.TimedOut, (await pair.Dialler.Ended).Reason);
        Assert.Equal(ConnectionEndReason.TimedOut, (await pair.Listener.Ended).Reason);
        await FailsAsync(NetworkFault.ConnectionLost, () => reading);
    });

    [Fact]
    public Task Silence_does_not_end_a_connection() => RunAsync(async harness =>
    {
        ConnectionPair pair = await harness.ConnectAsync();

        await harness.PassInSilenceAsync(TimeSpan.FromMilliseconds(5 * Limits.IdleMs), pair.Dialler, pair.Listener);

        Assert.False(pair.Dialler.Ended.IsCompleted);
        Assert.False(pair.Listener.Ended.IsCompleted);
        await pair.OpenStreamAsync();
    });

    [Fact]
    public Task Nobody_there_is_refused() => RunAsync(async harness =>
    {
        IPeerTransport transport = harness.CreateTransport();

        await FailsAsync(NetworkFault.Refused, () => transport.DialAsync(new DialTarget(harness.FindEmptyAddress())).AsTask());
    });

    [Fact]
    public Task A_dial_can_be_cancelled() => RunAsync(async harness =>
    {
        IPeerTransport a = harness.CreateTransport();
        IPeerTransport b = harness.CreateTransport();
        using var cancellation = new CancellationTokenSource();
        IPEndPoint address = harness.CuttableAddressOf(b);
        harness.CutAll();
        Task<IPeerConnection> dialling = a.DialAsync(new DialTarget(address), cancellation.Token).AsTask();

        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dialling);
    });

    [Fact]
    public Task A_listener_that_does_not_answer_is_given_up_in_time() => RunAsync(async harness =>
    {
        IPeerTransport a = harness.CreateTransport();
        IPeerTransport b = harness.CreateTransport();
        IPEndPoint address = harness.CuttableAddressOf(b);
        harness.CutAll();
        Task<IPeerConnection> dialling = a.DialAsync(new DialTarget(address)).AsTask();

        await harness.PassAsync(TimeSpan.FromMilliseconds(Limits.HandshakeMs + 1_000));

        await FailsAsync(NetworkFault.TimedOut, () => dialling);
    });

    [Fact]
    public Task A_listener_can_refuse_a_certificate() => RunAsync(async harness =>
    {
        IPeerTransport a = harness.CreateTransport();
        IPeerTransport b = harness.CreateTransport(o => o with { AcceptsCertificate = hash => hash != a.CertificateHash });

        await FailsAsync(NetworkFault.Refused, () => a.DialAsync(new DialTarget(b.LocalEndPoint)).AsTask());
    });

    [Fact]
    public Task A_dialler_can_refuse_a_certificate() => RunAsync(async harness =>
    {
        IPeerTransport b = harness.CreateTransport();
        IPeerTransport a = harness.CreateTransport(o => o with { AcceptsCertificate = hash => hash != b.CertificateHash });

        await FailsAsync(NetworkFault.CertificateRefused, () => a.DialAsync(new DialTarget(b.LocalEndPoint)).AsTask());
    });

    [Fact]
    public Task An_expected_certificate_is_the_only_one_taken() => RunAsync(async harness =>
    {
        IPeerTransport a = harness.CreateTransport();
        IPeerTransport b = harness.CreateTransport();

        await FailsAsync(NetworkFault.CertificateRefused, () => a.DialAsync(new DialTarget(b.LocalEndPoint, a.CertificateHash)).AsTask());
        await using IPeerConnection connection = await a.DialAsync(new DialTarget(b.LocalEndPoint, b.CertificateHash));
        Assert.Equal(b.CertificateHash, connection.RemoteCertificateHash);
    });

    [Fact]
    public Task Before_it_is_admitted_a_peer_may_send_little_and_open_one_stream() => RunAsync(async harness =>
    {
        IPeerTransport a = harness.CreateTransport();
        IPeerTransport b = harness.CreateTransport();
        ConnectionPair pair = await harness.ConnectAsync(a, b);
        pair.Dialler.Admit();
        (IPeerStream opened, IPeerStream accepted) = await pair.OpenStreamAsync();
        Task<IPeerStream> second = pair.Dialler.OpenStreamAsync().AsTask();
        Task writing = opened.WriteAsync(new byte[Limits.HandshakeSizeBytes]).AsTask();

        // The first byte has used up one of them, so one is left over until the peer is admitted.
        await accepted.WriteAsync(new byte[1]);
        Assert.Equal(1, await opened.ReadAsync(new byte[1]));
        Assert.False(writing.IsCompleted);
        Assert.False(second.IsCompleted);

        pair.Listener.Admit();
        await writing;
        await second;
    });

    [Fact]
    public Task A_peer_that_is_not_admitted_in_time_is_cut() => RunAsync(async harness =>
    {
        IPeerTransport a = harness.CreateTransport();
        IPeerTransport b = harness.CreateTransport();
        ConnectionPair pair = await harness.ConnectAsync(a, b);
        pair.Dialler.Admit();

        await harness.PassAsync(TimeSpan.FromMilliseconds(Limits.HandshakeMs + 100));

        Assert.Equal(ConnectionEndReason.NotAdmitted, (await pair.Listener.Ended).Reason);
        Assert.Contains((await pair.Dialler.Ended).Reason, new[] { ConnectionEndReason.ClosedByPeer, ConnectionEndReason.Lost });
    });

    [Fact]
    public Task One_address_can_take_so_many_places_of_those_not_admitted() => RunAsync(async harness =>
    {
        IPeerTransport a = harness.CreateTransport();
        IPeerTransport b = harness.CreateTransport(o => o with { HalfOpenPerAddressCount = 2 });
        ConnectionPair first = await harness.ConnectAsync(a, b);
        ConnectionPair second = await harness.ConnectAsync(a, b);

        await FailsAsync(NetworkFault.Refused, () => a.DialAsync(new DialTarget(b.LocalEndPoint)).AsTask());
        first.Admit();
        ConnectionPair third = await harness.ConnectAsync(a, b);
        await second.Listener.CloseAsync(CloseCode.Closed);
        await second.Dialler.Ended;
        third.Admit();
        await harness.ConnectAsync(a, b);
    });

    [Fact]
    public Task So_many_connections_and_no_more() => RunAsync(async harness =>
    {
        IPeerTransport a = harness.CreateTransport();
        IPeerTransport b = harness.CreateTransport(o => o with { ConnectionCount = 3 });
        for (int i = 0; i < 3; i++)
        {
            (await harness.ConnectAsync(a, b)).Admit();
        }

        await FailsAsync(NetworkFault.Refused, () => a.DialAsync(new DialTarget(b.LocalEndPoint)).AsTask());
    });

    [Fact]
    public Task Datagrams_reach_the_port_connections_use() => RunAsync(async harness =>
    {
        IPeerTransport a = harness.CreateTransport();
        IPeerTransport b = harness.CreateTransport();
        if (a.Datagrams is null || b.Datagrams is null)
        {
            Assert.Equal(TransportKind.Tls, a.Kind);
            return;
        }

        Assert.Throws<ArgumentException>(() => a.Datagrams.Send(b.LocalEndPoint, default));
        Assert.Throws<ArgumentException>(() => a.Datagrams.Send(b.LocalEndPoint, new byte[] { 0x40 }));
        Assert.Throws<ArgumentException>(() => a.Datagrams.Send(b.LocalEndPoint, new byte[IDatagramPort.MaxSizeBytes + 1]));
        Task<Datagram?> receiving = b.Datagrams.ReceiveAsync().AsTask();
        for (int i = 0; i < 100 && !receiving.IsCompleted; i++)
        {
            // One alone may be lost.
            a.Datagrams.Send(b.LocalEndPoint, "\u0001probe"u8);
            await harness.PassAsync(TimeSpan.FromMilliseconds(100));
        }

        Datagram datagram = (await receiving)!;

        Assert.Equal(a.LocalEndPoint, datagram.Source);
        Assert.Equal("\u0001probe"u8.ToArray(), datagram.Bytes.ToArray());
    });

    private static async Task<byte[]> EchoOfAsync(IPeerConnection connection, byte[] content)
    {
        await using IPeerStream stream = await connection.OpenStreamAsync();
        Task<byte[]> reading = stream.ReadToEndAsync();
        await stream.WriteAsync(content, isLast: true);
        return await reading;
    }

    private static async Task<(IPeerStream Opened, IPeerStream Accepted)> OpenBackwardsAsync(ConnectionPair pair)
    {
        IPeerStream opened = await pair.Listener.OpenStreamAsync();
        await opened.WriteAsync(new byte[1]);
        return (opened, (await pair.Dialler.AcceptStreamAsync())!);
    }

    private static async Task WriteForEverAsync(IPeerStream stream)
    {
        byte[] block = new byte[64 * 1024];
        while (true)
        {
            await stream.WriteAsync(block);
        }
    }

    private async Task RunAsync(Func<TransportHarness, Task> scenario)
    {
        await using TransportHarness harness = CreateHarness();
        await harness.RunAsync(() => scenario(harness));
    }
}
