using DiscreetDb.Core;
using DiscreetDb.Network.Tests.Contract;
using DiscreetDb.TestKit;
using static DiscreetDb.Network.Tests.Handshakes.HandshakeLab;

namespace DiscreetDb.Network.Tests.Handshakes;

/// <summary>Everybody else is refused, and told nothing.</summary>
public sealed class HandshakeRefusalTests
{
    private const int DiallerMessages = 2;
    private const int ListenerMessages = 3;

    [Fact]
    public Task An_unknown_dialler_gets_nothing_but_the_close() => RunAsync(async harness =>
    {
        (TestDevice _, TestDevice b) = TestDevice.Friends();
        var stranger = new TestDevice(2, 0);
        stranger.Meet(b);

        Outcome outcome = await ShakeAsync(harness, stranger, b);

        Assert.Equal(HandshakeFault.UnknownPeer, outcome.Accepted.Fault);
        AssertToldNothing(outcome.ListenerWrites, await outcome.Pair.Dialler.Ended);
    });

    [Fact]
    public Task A_dialler_of_another_network_gets_nothing_but_the_close() => RunAsync(async harness =>
    {
        var a = new TestDevice(0, 0, "one network");
        var b = new TestDevice(1, 0, "another");
        a.Meet(b);
        b.Meet(a);

        Outcome outcome = await ShakeAsync(harness, a, b);

        Assert.Equal(HandshakeFault.WrongNetwork, outcome.Accepted.Fault);
        AssertToldNothing(outcome.ListenerWrites, await outcome.Pair.Dialler.Ended);
    });

    [Fact]
    public Task A_dialler_that_speaks_only_later_versions_gets_nothing_but_the_close() => RunAsync(async harness =>
    {
        (TestDevice a, TestDevice b) = TestDevice.Friends();

        Outcome outcome = await ShakeAsync(harness, a, b, alterDialler: SpeakLater);

        Assert.Equal(HandshakeFault.NoCommonVersion, outcome.Accepted.Fault);
        AssertToldNothing(outcome.ListenerWrites, await outcome.Pair.Dialler.Ended);

        static byte[] SpeakLater(int message, byte[] bytes)
        {
            if (message == 0)
            {
                (bytes[HeaderSize(bytes)], bytes[HeaderSize(bytes) + 1]) = (2, 3);
            }

            return bytes;
        }
    });

    [Fact]
    public Task An_unknown_listener_sees_nothing_but_noise() => RunAsync(async harness =>
    {
        (TestDevice a, TestDevice b) = TestDevice.Friends();
        var stranger = new TestDevice(2, 0);
        List<byte[]> seen = [];
        for (int i = 0; i < 2; i++)
        {
            Outcome outcome = await ShakeAsync(
                harness,
                (connection, _) => Handshake.DialAsync(a.Options, connection, a.Known),
                (connection, _) => RawPeer.AcceptAsync(
                    connection, stranger, (_, hello, _) => hello.Proofs[0], transcript => transcript.Sign(ConnectionRole.Listener, stranger.Certificate, stranger.Keys.Auth)));
            Assert.Equal(HandshakeFault.UnknownPeer, outcome.Dialled.Fault);
            seen.Add(Assert.Single(outcome.DiallerWrites));
        }

        // One greeting each, which holds nothing that names a or b, and nothing that is the same in both.
        foreach (byte[] secret in WhatNames(a).Concat(WhatNames(b)))
        {
            Assert.All(seen, hello => Assert.Equal(-1, hello.AsSpan().IndexOf(secret)));
        }

        Assert.True(Hello.TryDecode(seen[0].AsSpan(HeaderSize(seen[0])), out Hello? first));
        Assert.True(Hello.TryDecode(seen[1].AsSpan(HeaderSize(seen[1])), out Hello? second));
        Assert.False(first.Nonce.Span.SequenceEqual(second.Nonce.Span));
        Assert.False(first.NetworkTag.Span.SequenceEqual(second.NetworkTag.Span));
        Assert.Empty(first.Proofs.Intersect(second.Proofs));
    });

    public static TheoryData<string> FalseProofs => ["reflected", "random", "of another connection", "of the other direction"];

    [Theory]
    [MemberData(nameof(FalseProofs))]
    public Task A_listener_without_the_secret_is_not_told_who_dials(string proof) => RunAsync(async harness =>
    {
        (TestDevice a, TestDevice b) = TestDevice.Friends();
        PeerSecret secret = b.Known[0];
        var elsewhere = new ChannelBinding(Hash256.Zero, Hash256.Zero);

        Outcome outcome = await ShakeAsync(
            harness,
            (connection, _) => Handshake.DialAsync(a.Options, connection, a.Known),
            (connection, _) => RawPeer.AcceptAsync(
                connection,
                b,
                (binding, hello, nonce) => proof switch
                {
                    "reflected" => hello.Proofs[0],
                    "random" => Blake3.Hash(nonce),
                    "of another connection" => elsewhere.AnswerProof(secret, hello.Proofs[0], nonce),
                    _ => binding.DialProof(secret, nonce),
                },
                transcript => transcript.Sign(ConnectionRole.Listener, b.Certificate, b.Keys.Auth)));

        Assert.Equal(HandshakeFault.UnknownPeer, outcome.Dialled.Fault);
        Assert.Single(outcome.DiallerWrites);
    });

    [Fact]
    public Task A_handshake_that_is_replayed_gets_nothing_but_the_close() => RunAsync(async harness =>
    {
        (TestDevice a, TestDevice b) = TestDevice.Friends();
        Outcome recorded = await ShakeAsync(harness, a, b);
        Assert.NotNull(recorded.Accepted.Peer);

        Outcome outcome = await ShakeAsync(
            harness,
            async (connection, _) =>
            {
                IPeerStream stream = await connection.OpenStreamAsync();
                foreach (byte[] bytes in recorded.DiallerWrites)
                {
                    await stream.WriteAsync(bytes);
                }

                await connection.Ended;
                return new HandshakeResult(null, null);
            },
            (connection, _) => Handshake.AcceptAsync(b.Options, connection));

        Assert.Equal(HandshakeFault.WrongNetwork, outcome.Accepted.Fault);
        AssertToldNothing(outcome.ListenerWrites, await outcome.Pair.Dialler.Ended);
    });

    [Fact]
    public Task A_handshake_relayed_over_another_connection_fails_and_the_relay_learns_nothing() => RunAsync(async harness =>
    {
        (TestDevice a, TestDevice b) = TestDevice.Friends();
        IPeerTransport relay = harness.CreateTransport();
        ConnectionPair near = await harness.ConnectAsync(harness.CreateTransport(), relay);
        ConnectionPair far = await harness.ConnectAsync(relay, harness.CreateTransport());
        var atA = new WatchedConnection(near.Dialler);
        var atB = new WatchedConnection(far.Listener);
        Task<HandshakeResult> dialling = Handshake.DialAsync(a.Options, atA, a.Known);
        Task<HandshakeResult> accepting = Handshake.AcceptAsync(b.Options, atB);
        IPeerStream nearStream = (await near.Listener.AcceptStreamAsync())!;
        IPeerStream farStream = await far.Dialler.OpenStreamAsync();

        await ForwardAsync(nearStream, farStream);
        await near.Listener.CloseAsync(CloseCode.Closed);

        Assert.Equal(HandshakeFault.WrongNetwork, (await accepting).Fault);
        Assert.Equal(HandshakeFault.ConnectionEnded, (await dialling).Fault);
        Assert.Empty(atB.Writes);
        Assert.Single(atA.Writes);

        static async Task ForwardAsync(IPeerStream from, IPeerStream to)
        {
            byte[] buffer = new byte[4_096];
            try
            {
                while (await from.ReadAsync(buffer) is > 0 and var count)
                {
                    await to.WriteAsync(buffer.AsMemory(0, count));
                    await to.ReadAsync(buffer);
                }
            }
            catch (NetworkException)
            {
                // One of the two closed.
            }
        }
    });

    public static TheoryData<string, int> FalseDiallers => new()
    {
        { "a certificate of another's keys, signed with one's own", (int)HandshakeFault.InvalidSignature },
        { "a certificate of another's root with one's own keys", (int)HandshakeFault.InvalidCertificate },
        { "another's proof from another connection", (int)HandshakeFault.InvalidSignature },
        { "one's own proof in the other role", (int)HandshakeFault.InvalidSignature },
        { "the listener's own proof", (int)HandshakeFault.InvalidSignature },
        { "a user the secret is not shared with", (int)HandshakeFault.WrongUser },
        { "a revoked device", (int)HandshakeFault.NotAdmitted },
        { "the key that signs commits", (int)HandshakeFault.InvalidSignature },
    };

    [Theory]
    [MemberData(nameof(FalseDiallers))]
    public Task Knowing_the_secret_makes_nobody_another_device(string claim, int fault) => RunAsync(async harness =>
    {
        (TestDevice a, TestDevice b) = TestDevice.Friends();
        var thief = new TestDevice(2, 0);
        PeerSecret secret = a.SecretWith(b);
        b.Revoked.Add(new TestDevice(0, 3).Certificate.Device);
        Auth? elsewhere = null;
        if (claim == "another's proof from another connection")
        {
            Outcome other = await ShakeAsync(harness, a, b);
            Assert.True(Auth.TryDecode(other.DiallerWrites[1].AsSpan(HeaderSize(other.DiallerWrites[1])), out elsewhere));
        }

        Outcome outcome = await ShakeAsync(
            harness,
            (connection, _) => RawPeer.DialAsync(connection, thief, secret, (transcript, listenerAuth) => claim switch
            {
                "a certificate of another's keys, signed with one's own" => transcript.Sign(ConnectionRole.Dialler, a.Certificate, thief.Keys.Auth),
                "a certificate of another's root with one's own keys" => transcript.Sign(ConnectionRole.Dialler, Forge(a.Certificate, thief.Certificate), thief.Keys.Auth),
                "another's proof from another connection" => elsewhere!,
                "one's own proof in the other role" => transcript.Sign(ConnectionRole.Listener, a.Certificate, a.Keys.Auth),
                "the listener's own proof" => listenerAuth,
                "a user the secret is not shared with" => transcript.Sign(ConnectionRole.Dialler, thief.Certificate, thief.Keys.Auth),
                "a revoked device" => SignAs(transcript, new TestDevice(0, 3)),
                _ => transcript.Sign(ConnectionRole.Dialler, a.Certificate, a.Keys.Sign),
            }),
            (connection, _) => Handshake.AcceptAsync(b.Options, connection));

        Assert.Equal((HandshakeFault)fault, outcome.Accepted.Fault);
        Assert.Null(outcome.Accepted.Peer);
        Assert.Equal(2, outcome.ListenerWrites.Count);
        Assert.Equal(new ConnectionEnd(ConnectionEndReason.ClosedByPeer), await outcome.Pair.Dialler.Ended);

        static Auth SignAs(HandshakeTranscript transcript, TestDevice device) =>
            transcript.Sign(ConnectionRole.Dialler, device.Certificate, device.Keys.Auth);
    });

    [Fact]
    public Task A_false_listener_that_knows_the_secret_is_not_told_who_dials() => RunAsync(async harness =>
    {
        (TestDevice a, TestDevice b) = TestDevice.Friends();
        var thief = new TestDevice(2, 0);

        Outcome outcome = await ShakeAsync(
            harness,
            (connection, _) => Handshake.DialAsync(a.Options, connection, a.Known),
            (connection, _) => RawPeer.AcceptAsync(
                connection,
                thief,
                (binding, hello, nonce) => binding.AnswerProof(a.SecretWith(b), hello.Proofs[0], nonce),
                transcript => transcript.Sign(ConnectionRole.Listener, thief.Certificate, thief.Keys.Auth)));

        Assert.Equal(HandshakeFault.WrongUser, outcome.Dialled.Fault);
        Assert.Single(outcome.DiallerWrites);
    });

    [Fact]
    public Task A_device_does_not_connect_to_itself() => RunAsync(async harness =>
    {
        var a = new TestDevice(0, 0);
        a.Meet(a);

        Outcome outcome = await ShakeAsync(harness, a, a);

        Assert.Equal(HandshakeFault.SameDevice, outcome.Dialled.Fault);
        Assert.Equal(HandshakeFault.ConnectionEnded, outcome.Accepted.Fault);
    });

    public static TheoryData<bool, int> Messages
    {
        get
        {
            TheoryData<bool, int> messages = new();
            for (int i = 0; i < DiallerMessages; i++)
            {
                messages.Add(true, i);
            }

            for (int i = 0; i < ListenerMessages; i++)
            {
                messages.Add(false, i);
            }

            return messages;
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task A_message_altered_anywhere_is_refused(bool isDiallers, int message)
    {
        var random = new SeededRandom();
        int size = 0;
        for (int at = 0; at == 0 || at < size; at++)
        {
            int position = at;
            byte[] Alter(int index, byte[] bytes)
            {
                if (index == message)
                {
                    size = bytes.Length;
                    bytes[position] ^= (byte)(1 << random.Below(8));
                }

                return bytes;
            }

            await RunAsync(async harness =>
            {
                (TestDevice a, TestDevice b) = TestDevice.Friends();

                Outcome outcome = await ShakeAsync(harness, a, b, alterDialler: isDiallers ? Alter : null, alterListener: isDiallers ? null : Alter);

                string where = $"byte {position} of {size}, {random}";
                Assert.True(outcome.Dialled.Peer is null, where);

                // Whoever gets an altered last message has been admitted; the other closes at once.
                bool isLast = !isDiallers && message == ListenerMessages - 1;
                Assert.True(isLast || outcome.Accepted.Peer is null, where);
                await outcome.Pair.Dialler.Ended;
                await outcome.Pair.Listener.Ended;
            });
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Whoever_is_silent_or_sends_without_end_is_cut_in_time(bool isTalking) => RunAsync(async harness =>
    {
        (TestDevice _, TestDevice b) = TestDevice.Friends();
        byte[] endless = FrameCodec.Encode(FrameType.Hello, new byte[Limits.HandshakeSizeBytes]);

        Outcome outcome = await ShakeAsync(
            harness,
            async (connection, _) =>
            {
                IPeerStream stream = await connection.OpenStreamAsync();
                try
                {
                    await stream.WriteAsync(isTalking ? endless : endless.AsMemory(0, 1));
                    await stream.ReadAsync(new byte[1]);
                }
                catch (NetworkException)
                {
                    // Cut, as it has to be.
                }

                return new HandshakeResult(null, null);
            },
            (connection, _) => Handshake.AcceptAsync(b.Options, connection));

        Assert.Equal(isTalking ? HandshakeFault.Malformed : HandshakeFault.ConnectionEnded, outcome.Accepted.Fault);
        Assert.Empty(outcome.ListenerWrites);
        await outcome.Pair.Listener.Ended;
    });

    /// <summary>The one's user, the other's keys and signatures.</summary>
    private static DeviceCertificate Forge(DeviceCertificate user, DeviceCertificate keys)
    {
        byte[] bytes = keys.Encoded.ToArray();
        user.Encoded.Span.Slice(1, Ed25519.PublicKeySizeBytes).CopyTo(bytes.AsSpan(1));
        Assert.True(DeviceCertificate.TryDecode(bytes, out DeviceCertificate? forged));
        return forged;
    }

    private static IEnumerable<byte[]> WhatNames(TestDevice device) =>
    [
        device.Certificate.AuthKey.ToArray(),
        device.Certificate.SignKey.ToArray(),
        device.Certificate.MeetingKey.ToArray(),
        device.Certificate.Device.ToByteArray(),
        device.User.Root.PublicKey.ToArray(),
        device.Certificate.Hash.ToByteArray(),
        System.Text.Encoding.UTF8.GetBytes(device.Certificate.DeviceName),
    ];

    private static void AssertToldNothing(List<byte[]> writes, ConnectionEnd end)
    {
        Assert.Empty(writes);
        Assert.Equal(new ConnectionEnd(ConnectionEndReason.ClosedByPeer, CloseCode.Closed), end);
    }

    private static int HeaderSize(byte[] frame)
    {
        FrameCodec.DecodeHeader(frame, Limits.FrameSizeBytes, out _, out int size, out _);
        return size;
    }
}
