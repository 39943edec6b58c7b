using DiscreetDb.Core;

namespace DiscreetDb.Network.Tests.Handshakes;

/// <summary>The vectors of schema/wire.md "Handshake", which were computed with an independent implementation.</summary>
public sealed class HandshakeVectorTests
{
    private const string PairKey = "ea0e15a73a0a6d7cabf03bcc3c7310cccae70811a060e3bfead62f084de3fcdd";
    private const string HelloFrame =
        "580101016e1b0e96e3b7ecca7146334878d19729000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f0580a0400133ff37acb1a5"
        + "9957e7b7701285bebded02e94d16332e424913ace4c33f87672d";

    private const string AnswerFrame =
        "5602010cf3fc2673a7290e520cfb59f5a78a85202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f0580a04093d874293152bcf8"
        + "25163499dd69a397e5e38da037434da04844c8800bd8c749";

    private static readonly ChannelBinding Binding = new(Filled(0x11), Filled(0x22));
    private static readonly byte[] DiallerNonce = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] ListenerNonce = [.. Enumerable.Range(32, 32).Select(i => (byte)i)];

    [Fact]
    public void Both_ends_derive_the_secrets_of_the_page()
    {
        var a = new TestDevice(0, 0);
        var b = new TestDevice(1, 0);

        AssertKey(PairKey, a.SecretWith(b));
        AssertKey(PairKey, b.SecretWith(a));
        AssertKey("ff60196b26470fe290cae43d26de41e5e7c0f063d490671cd0053f6254b48f30", PeerSecret.OfOwnDevices(a.User));
        AssertKey(
            "f20f110e9bf816e52f65945e5c2f18ba4be8c1b5ad3643dcfa217a97c91b033e",
            PeerSecret.OfInvitation([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], inviter: null));
        Assert.Null(PeerSecret.OfPair(a.User, b.User.VerifyingKey, new byte[32], TestDevice.AppKey));
    }

    [Fact]
    public void Greetings_are_those_of_the_page()
    {
        using PeerSecret secret = new TestDevice(0, 0).SecretWith(new TestDevice(1, 0));
        byte[] networkKey = new TestDevice(0, 0).Options.DeriveNetworkKey();

        Hash256 dialProof = Binding.DialProof(secret, DiallerNonce);
        var hello = new Hello(1, 1, Binding.NetworkTag(networkKey, ConnectionRole.Dialler, DiallerNonce), DiallerNonce, 5, Limits.FrameSizeBytes, [dialProof]);
        var answer = new HelloAnswer(
            1,
            Binding.NetworkTag(networkKey, ConnectionRole.Listener, ListenerNonce),
            ListenerNonce,
            5,
            Limits.FrameSizeBytes,
            Binding.AnswerProof(secret, dialProof, ListenerNonce));

        Assert.Equal(HelloFrame, Convert.ToHexStringLower(FrameCodec.Encode(FrameType.Hello, hello.Encode())));
        Assert.Equal(AnswerFrame, Convert.ToHexStringLower(FrameCodec.Encode(FrameType.HelloAnswer, answer.Encode())));
    }

    [Fact]
    public void The_secret_of_a_connection_is_that_of_the_page()
    {
        using PeerSecret secret = new TestDevice(1, 0).SecretWith(new TestDevice(0, 0));
        var transcript = new HandshakeTranscript(Binding, Convert.FromHexString(HelloFrame), Convert.FromHexString(AnswerFrame));

        using SecretBytes derived = transcript.DeriveConnectionSecret(secret);

        Assert.Equal("0191ef543e34e2d65320952ffd08e03e87f7c6815cdc15a740706d3aa32c7c69", Convert.ToHexStringLower(derived.Span));
    }

    [Fact]
    public void A_signature_is_for_one_role_one_connection_one_pair_of_greetings_and_one_certificate()
    {
        var a = new TestDevice(0, 0);
        byte[] hello = Convert.FromHexString(HelloFrame);
        byte[] answer = Convert.FromHexString(AnswerFrame);
        var transcript = new HandshakeTranscript(Binding, hello, answer);

        Auth auth = transcript.Sign(ConnectionRole.Dialler, a.Certificate, a.Keys.Auth);

        Assert.True(transcript.IsSigned(ConnectionRole.Dialler, auth));
        Assert.False(transcript.IsSigned(ConnectionRole.Listener, auth));
        Assert.False(new HandshakeTranscript(new ChannelBinding(Filled(0x22), Filled(0x11)), hello, answer).IsSigned(ConnectionRole.Dialler, auth));
        Assert.False(new HandshakeTranscript(Binding, answer, hello).IsSigned(ConnectionRole.Dialler, auth));
        DeviceCertificate renamed = DeviceCertificate.Create(a.User, a.Keys, "another name", Hlc.Zero);
        Assert.False(transcript.IsSigned(ConnectionRole.Dialler, auth with { Certificate = renamed }));
    }

    [Fact]
    public void Greetings_in_another_form_are_refused()
    {
        byte[] body = Convert.FromHexString(HelloFrame)[2..];
        int countAt = body.Length - Hash256.SizeBytes - 1;
        Assert.True(Hello.TryDecode(body, out _));

        Assert.False(Hello.TryDecode([.. body, 0], out _));
        Assert.False(Hello.TryDecode(body.AsSpan(0, body.Length - 1), out _));
        Assert.False(Hello.TryDecode([0, .. body[1..]], out _));
        Assert.False(Hello.TryDecode([2, 1, .. body[2..]], out _));
        Assert.False(Hello.TryDecode([.. body[..countAt], 0], out _));
        Assert.False(Hello.TryDecode([.. body[..countAt], 2, .. body[(countAt + 1)..], .. body[(countAt + 1)..]], out _));
        Assert.False(Hello.TryDecode([.. body[..countAt], 3, .. Enumerable.Range(0, 96).Select(i => (byte)i)], out _));
        Assert.True(Hello.TryDecode([.. body[..countAt], 2, .. Enumerable.Range(0, 64).Select(i => (byte)i)], out _));
        Assert.False(Hello.TryDecode([.. body[..countAt], 2, .. Enumerable.Range(0, 64).Select(i => (byte)(64 - i))], out _));
    }

    private static void AssertKey(string expected, PeerSecret secret)
    {
        Span<byte> own = stackalloc byte[Blake3.HashSizeBytes];
        Span<byte> other = stackalloc byte[Blake3.HashSizeBytes];
        secret.Authenticate("message"u8, own);
        Blake3.KeyedHash(Convert.FromHexString(expected), "message"u8, other);
        Assert.Equal(Convert.ToHexStringLower(other), Convert.ToHexStringLower(own));
    }

    private static Hash256 Filled(byte value) => new(Enumerable.Repeat(value, Hash256.SizeBytes).ToArray());
}
