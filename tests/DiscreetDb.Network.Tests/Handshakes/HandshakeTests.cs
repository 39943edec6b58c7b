using DiscreetDb.Network.Tests.Contract;
using static DiscreetDb.Network.Tests.Handshakes.HandshakeLab;

namespace DiscreetDb.Network.Tests.Handshakes;

/// <summary>Devices that may meet do, and learn who the other is.</summary>
public sealed class HandshakeTests
{
    [Fact]
    public Task Two_that_share_a_secret_learn_who_the_other_is() => RunAsync(async harness =>
    {
        (TestDevice a, TestDevice b) = TestDevice.Friends();

        Outcome outcome = await ShakeAsync(harness, a, b);

        AuthenticatedPeer atDialler = outcome.Dialled.Peer!;
        AuthenticatedPeer atListener = outcome.Accepted.Peer!;
        Assert.Equal((b.Certificate.Device, b.User.VerifyingKey), (atDialler.Device, atDialler.User));
        Assert.Equal((a.Certificate.Device, a.User.VerifyingKey), (atListener.Device, atListener.User));
        Assert.Equal(atDialler.ConnectionSecret.Span.ToArray(), atListener.ConnectionSecret.Span.ToArray());
        Assert.Equal((1, 0b101UL, Limits.FrameSizeBytes), (atDialler.Version, atDialler.Features, atDialler.MaxFrameSizeBytes));
        Assert.Equal(PeerSecretKind.Pair, atListener.Secret.Kind);
    });

    [Fact]
    public Task The_stream_of_the_handshake_carries_large_frames_afterwards() => RunAsync(async harness =>
    {
        (TestDevice a, TestDevice b) = TestDevice.Friends();
        Outcome outcome = await ShakeAsync(harness, a, b);
        byte[] body = new byte[Limits.FrameSizeBytes - 1];
        body[^1] = 7;
        ValueTask<Frame> reading = outcome.Accepted.Peer!.ControlReader.ReadAsync();

        await outcome.Dialled.Peer!.ControlStream.WriteAsync(FrameCodec.Encode((FrameType)99, body));

        Frame frame = await reading;
        Assert.Equal((FrameReadStatus.Frame, (FrameType)99), (frame.Status, frame.Type));
        Assert.True(frame.Body.Span.SequenceEqual(body));
    });

    [Fact]
    public Task Two_devices_of_one_user_know_each_other_without_any_setup() => RunAsync(async harness =>
    {
        var first = new TestDevice(0, 1);
        var second = new TestDevice(0, 2);
        first.Meet(second);
        second.Meet(first);

        Outcome outcome = await ShakeAsync(harness, first, second);

        Assert.Equal(second.Certificate.Device, outcome.Dialled.Peer!.Device);
        Assert.Equal(PeerSecretKind.OwnDevices, outcome.Accepted.Peer!.Secret.Kind);
    });

    [Fact]
    public Task An_invitation_is_a_secret_too_and_names_nobody_at_the_inviter() => RunAsync(async harness =>
    {
        var inviter = new TestDevice(0, 0);
        var guest = new TestDevice(1, 0);
        byte[] secret = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];
        inviter.Known.Add(PeerSecret.OfInvitation(secret, inviter: null));

        Outcome outcome = await ShakeAsync(harness, guest, inviter, [PeerSecret.OfInvitation(secret, inviter.User.VerifyingKey)]);

        Assert.Equal(inviter.User.VerifyingKey, outcome.Dialled.Peer!.User);
        Assert.Equal(guest.User.VerifyingKey, outcome.Accepted.Peer!.User);
        Assert.Equal(PeerSecretKind.Invitation, outcome.Accepted.Peer!.Secret.Kind);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(1_024)]
    [InlineData(1_500)]
    public Task A_dialler_that_does_not_know_whom_it_reaches_tries_everybody(int contactCount) => RunAsync(async harness =>
    {
        (TestDevice a, TestDevice b) = TestDevice.Friends();
        PeerSecret wanted = a.Known[0];
        List<PeerSecret> all = [.. Enumerable.Range(0, contactCount - 1).Select(i => PeerSecret.OfInvitation(BitConverter.GetBytes((long)i), null))];
        all.Insert(all.Count / 3, wanted);

        Outcome outcome = await ShakeAsync(harness, a, b, all);

        Assert.Same(wanted, outcome.Dialled.Peer!.Secret);
        Assert.True(Hello.TryDecode(BodyOf(outcome.DiallerWrites[0]), out Hello? hello));
        Assert.Equal(Math.Min(1_024, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)contactCount)), hello.Proofs.Count);
        Assert.InRange(outcome.DiallerWrites.Sum(w => w.Length), 1, Limits.HandshakeSizeBytes);
        Assert.InRange(outcome.ListenerWrites.Sum(w => w.Length), 1, 2_048);
    });

    [Fact]
    public Task Each_connection_has_a_secret_of_its_own() => RunAsync(async harness =>
    {
        (TestDevice a, TestDevice b) = TestDevice.Friends();

        Outcome first = await ShakeAsync(harness, a, b);
        Outcome second = await ShakeAsync(harness, a, b);

        Assert.NotEqual(first.Dialled.Peer!.ConnectionSecret.Span.ToArray(), second.Dialled.Peer!.ConnectionSecret.Span.ToArray());
    });

    [Fact]
    public Task Only_what_both_can_do_is_agreed_on() => RunAsync(async harness =>
    {
        (TestDevice a, TestDevice b) = TestDevice.Friends();
        var modest = new TestDevice(1, 0) { Options = b.Options with { Features = 0b110 } };

        Outcome outcome = await ShakeAsync(harness, a, modest);

        Assert.Equal((0b100UL, 0b100UL), (outcome.Dialled.Peer!.Features, outcome.Accepted.Peer!.Features));
    });

    [Fact]
    public async Task It_works_over_TLS()
    {
        await using var harness = new Tls.TlsHarness();
        (TestDevice a, TestDevice b) = TestDevice.Friends();

        Outcome outcome = await ShakeAsync(harness, a, b);

        Assert.Equal(b.Certificate.Device, outcome.Dialled.Peer!.Device);
        Assert.Equal(a.Certificate.Device, outcome.Accepted.Peer!.Device);
        IPeerStream opened = await outcome.Dialled.Peer.Connection.OpenStreamAsync();
        await opened.WriteAsync(new byte[200_000], isLast: true);
        IPeerStream accepted = (await outcome.Accepted.Peer.Connection.AcceptStreamAsync())!;
        Assert.Equal(200_000, (await accepted.ReadToEndAsync()).Length);
    }

    private static ReadOnlySpan<byte> BodyOf(byte[] frame)
    {
        FrameCodec.DecodeHeader(frame, Limits.FrameSizeBytes, out _, out int headerSize, out _);
        return frame.AsSpan(headerSize);
    }
}
