#pragma warning disable CA5398 // Versions are what these tests are about.
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using DiscreetDb.Core;
using DiscreetDb.Network.Tests.Contract;
using DiscreetDb.TestKit;

namespace DiscreetDb.Network.Tests.Tls;

/// <summary>The contract over TLS and TCP, and what only this transport can get wrong.</summary>
public sealed class TlsTransportTests : TransportContract
{
    internal override TransportHarness CreateHarness() => new TlsHarness();

    [Fact]
    public async Task Whoever_does_not_speak_TLS_is_dropped_and_disturbs_nobody()
    {
        await using var harness = new TlsHarness();
        var transport = (TlsTransport)harness.CreateTransport();
        var random = new SeededRandom();
        for (int i = 0; i < 5; i++)
        {
            using Socket socket = await RawTlsPeer.ConnectAsync(transport);
            await socket.SendAsync(random.Bytes(random.Between(1, 2_000)));
            socket.Shutdown(SocketShutdown.Send);
            await ReadToEndAsync(socket);
        }

        ConnectionPair pair = await harness.ConnectAsync(harness.CreateTransport(), transport);
        pair.Admit();
        await pair.OpenStreamAsync();
        await WaitUntilAsync(() => transport.HalfOpenCount == 0, random.ToString());
    }

    [Fact]
    public async Task Whoever_connects_and_says_nothing_is_dropped_in_time()
    {
        await using var harness = new TlsHarness();
        var transport = (TlsTransport)harness.CreateTransport();
        using Socket socket = await RawTlsPeer.ConnectAsync(transport);
        await WaitUntilAsync(() => transport.HalfOpenCount == 1, "accepted");

        harness.Clock.Advance(TimeSpan.FromMilliseconds(Limits.HandshakeMs + 1));

        await ReadToEndAsync(socket);
        await WaitUntilAsync(() => transport.HalfOpenCount == 0, "dropped");
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, true, "discreet/1")]
    [InlineData(SslProtocols.Tls13, false, "discreet/1")]
    [InlineData(SslProtocols.Tls13, true, "http/1.1")]
    public async Task An_older_TLS_or_no_certificate_or_another_protocol_is_refused(SslProtocols protocol, bool hasCertificate, string application)
    {
        await using var harness = new TlsHarness();
        var transport = (TlsTransport)harness.CreateTransport();
        using TlsIdentity identity = TlsIdentity.Create(SystemRandom.Instance);
        using Socket socket = await RawTlsPeer.ConnectAsync(transport);

        Exception? failure = await Record.ExceptionAsync(async () =>
        {
            await using SslStream stream = await RawTlsPeer.HandshakeAsync(socket, hasCertificate ? identity : null, protocol, application);
            Assert.Equal(0, await stream.ReadAsync(new byte[1]));
        });

        Assert.True(failure is null or IOException or AuthenticationException, failure?.ToString());
        await WaitUntilAsync(() => transport.HalfOpenCount == 0, "dropped");
        Assert.Equal(0, transport.ConnectionCount);
    }

    public static TheoryData<string, byte[]> BadFrames => new()
    {
        { "no preface", [(byte)MuxFrameType.Ping] },
        { "another version", [(byte)MuxFrameType.Preface, 2] },
        { "unknown type", [0, 1, 10] },
        { "second preface", [0, 1, 0, 1] },
        { "data that is empty", [0, 1, (byte)MuxFrameType.Data, 0, 0] },
        { "data that is too large", [0, 1, (byte)MuxFrameType.Data, 0, 0x81, 0x80, 0x01] },
        { "a number not in its shortest form", [0, 1, (byte)MuxFrameType.Data, 0x80, 0x00, 1, 1] },
        { "a stream beyond the limit", [0, 1, (byte)MuxFrameType.LastData, 2, 0] },
        { "a stream this end never opened", [0, 1, (byte)MuxFrameType.LastData, 1, 0] },
        { "data after the end", [0, 1, (byte)MuxFrameType.LastData, 0, 0, (byte)MuxFrameType.Data, 0, 1, 7] },
        { "a reset after the end", [0, 1, (byte)MuxFrameType.LastData, 0, 0, (byte)MuxFrameType.Reset, 0, 1] },
        { "credit for a stream nobody opened", [0, 1, (byte)MuxFrameType.StreamCredit, 3, 1] },
    };

    [Theory]
    [MemberData(nameof(BadFrames))]
    public async Task Frames_that_break_the_rules_end_the_connection(string what, byte[] frames)
    {
        await using RawTlsPeer peer = await RawTlsPeer.ConnectAsync();
        SslStream stream = peer.Stream;
        IPeerConnection connection = (await peer.Transport.AcceptAsync())!;

        await stream.WriteAsync(frames);

        Assert.True((await connection.Ended).Reason == ConnectionEndReason.ProtocolViolation, what);
        byte[] answer = new byte[64];
        int size = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false);
        Assert.Equal([(byte)MuxFrameType.Preface, MuxFrame.Version, (byte)MuxFrameType.Close, (byte)CloseCode.Closed], answer[..size]);
    }

    [Fact]
    public async Task A_peer_that_sends_beyond_its_credit_is_cut()
    {
        await using RawTlsPeer peer = await RawTlsPeer.ConnectAsync();
        SslStream stream = peer.Stream;
        IPeerConnection connection = (await peer.Transport.AcceptAsync())!;
        byte[] frame = new byte[MuxFrame.MaxSizeBytes];
        int header = MuxFrame.Encode(frame, MuxFrameType.Data, 0, MuxFrame.MaxDataSizeBytes);

        await stream.WriteAsync(new byte[] { 0, 1 });
        for (int i = 0; i < Limits.HandshakeSizeBytes / MuxFrame.MaxDataSizeBytes; i++)
        {
            await stream.WriteAsync(frame.AsMemory(0, header + MuxFrame.MaxDataSizeBytes));
        }

        Assert.NotNull(await connection.AcceptStreamAsync());
        Assert.False(connection.Ended.IsCompleted);
        await stream.WriteAsync(new byte[] { (byte)MuxFrameType.Data, 0, 1, 7 });
        Assert.Equal(ConnectionEndReason.ProtocolViolation, (await connection.Ended).Reason);
    }

    [Fact]
    public async Task A_stranger_that_sends_frames_without_end_is_cut()
    {
        await using RawTlsPeer peer = await RawTlsPeer.ConnectAsync();
        SslStream stream = peer.Stream;
        IPeerConnection connection = (await peer.Transport.AcceptAsync())!;
        byte[] pings = [.. Enumerable.Repeat((byte)MuxFrameType.Ping, Limits.HandshakeSizeBytes)];

        await stream.WriteAsync(new byte[] { 0, 1 });
        await stream.WriteAsync(pings);
        Assert.False(connection.Ended.IsCompleted);
        await Record.ExceptionAsync(() => stream.WriteAsync(pings).AsTask());

        Assert.Equal(ConnectionEndReason.ProtocolViolation, (await connection.Ended).Reason);
    }

    [Fact]
    public async Task Connections_and_streams_that_are_over_leave_nothing_behind()
    {
        await using var harness = new TlsHarness();
        var a = (TlsTransport)harness.CreateTransport();
        var b = (TlsTransport)harness.CreateTransport();
        ConnectionPair pair = await harness.ConnectAsync(a, b);
        pair.Admit();
        for (int i = 0; i < 20; i++)
        {
            (IPeerStream opened, IPeerStream accepted) = await pair.OpenStreamAsync();
            if (i % 2 == 0)
            {
                opened.Abort(1);
            }

            await opened.DisposeAsync();
            await accepted.DisposeAsync();
        }

        await WaitUntilAsync(() => ((TlsConnection)pair.Dialler).OpenStreamCount == 0 && ((TlsConnection)pair.Listener).OpenStreamCount == 0, "streams");
        await pair.Dialler.DisposeAsync();
        await pair.Listener.Ended;
        await WaitUntilAsync(() => a.ConnectionCount == 0 && b.ConnectionCount == 0, "connections");
        Assert.Equal(0, b.HalfOpenCount);
    }

    [Fact]
    public async Task A_peer_that_does_not_read_cannot_hold_a_connection_that_is_closed()
    {
        await using RawTlsPeer peer = await RawTlsPeer.ConnectAsync();
        SslStream stream = peer.Stream;
        byte[] limits = new byte[MuxFrame.MaxControlSizeBytes];
        int size = MuxFrame.Encode(limits, MuxFrameType.Limits, 1L << 40, 1L << 40, 1);
        await stream.WriteAsync(new byte[] { 0, 1, (byte)MuxFrameType.LastData, 0, 0 });
        await stream.WriteAsync(limits.AsMemory(0, size));
        IPeerConnection connection = (await peer.Transport.AcceptAsync())!;
        connection.Admit();
        IPeerStream accepted = (await connection.AcceptStreamAsync())!;
        Task writing = accepted.WriteAsync(new byte[64 * 1024 * 1024]).AsTask();

        Task closing = connection.CloseAsync(CloseCode.AccessEnded).AsTask();

        while (!closing.IsCompleted)
        {
            peer.Harness.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await Assert.ThrowsAsync<NetworkException>(() => writing);
        await WaitUntilAsync(() => peer.Transport.ConnectionCount == 0, "closed");
    }

    [Fact]
    public async Task An_IPv6_listener_takes_IPv4_too()
    {
        var options = new TransportOptions { Clock = TimeProvider.System, Random = SystemRandom.Instance };
        await using TlsTransport listener = TlsTransport.Listen(new IPEndPoint(IPAddress.IPv6Any, 0), options);
        await using TlsTransport dialler = TlsTransport.Listen(new IPEndPoint(IPAddress.Loopback, 0), options);

        foreach (IPAddress address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
        {
            await using IPeerConnection connection = await dialler.DialAsync(new DialTarget(new IPEndPoint(address, listener.LocalEndPoint.Port)));
            Assert.Equal(address, (await listener.AcceptAsync())!.RemoteEndPoint.Address);
        }
    }

    [Fact]
    public void The_certificate_says_nothing_and_is_another_each_time()
    {
        using TlsIdentity first = TlsIdentity.Create(SystemRandom.Instance);
        using TlsIdentity second = TlsIdentity.Create(SystemRandom.Instance);

        Assert.NotEqual(first.Hash, second.Hash);
        X509Certificate2 certificate = first.Context.TargetCertificate;
        Assert.Equal("CN=discreet", certificate.Subject);
        Assert.Equal(certificate.Subject, certificate.Issuer);
        Assert.Equal(9999, certificate.NotAfter.ToUniversalTime().Year);
        Assert.Equal(first.Hash, TlsIdentity.HashOf(certificate));
    }

    private static async Task ReadToEndAsync(Socket socket)
    {
        byte[] buffer = new byte[1_024];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Reset is an end too.
        }
    }

    private static async Task WaitUntilAsync(Func<bool> condition, string what)
    {
        using var watchdog = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            Assert.False(watchdog.IsCancellationRequested, what);
            await Task.Yield();
        }
    }
}
