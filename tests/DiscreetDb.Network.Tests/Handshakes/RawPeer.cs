using DiscreetDb.Core;

namespace DiscreetDb.Network.Tests.Handshakes;

/// <summary>A peer that knows a secret and otherwise says what a test wants it to say.</summary>
internal static class RawPeer
{
    private static readonly HandshakeResult Nothing = new(null, null);

    /// <summary>Dials with a good greeting, then sends the given proof of who it is.</summary>
    public static async Task<HandshakeResult> DialAsync(
        IPeerConnection connection, TestDevice self, PeerSecret secret, Func<HandshakeTranscript, Auth, Auth> chooseAuth)
    {
        ChannelBinding binding = ChannelBinding.Of(connection);
        byte[] nonce = new byte[Hello.NonceSizeBytes];
        byte[] tag = binding.NetworkTag(self.Options.DeriveNetworkKey(), ConnectionRole.Dialler, nonce);
        var hello = new Hello(1, 1, tag, nonce, 0, Hello.MaxFrameSizeBytes, [binding.DialProof(secret, nonce)]);
        byte[] helloFrame = FrameCodec.Encode(FrameType.Hello, hello.Encode());
        IPeerStream stream = await connection.OpenStreamAsync();
        await stream.WriteAsync(helloFrame);

        using var reader = new FrameReader(stream, Limits.HandshakeSizeBytes);
        Frame answer = await reader.ReadAsync();
        Assert.Equal(FrameType.HelloAnswer, answer.Type);
        var transcript = new HandshakeTranscript(binding, helloFrame, answer.Bytes.Span);
        Frame auth = await reader.ReadAsync();
        Assert.True(Auth.TryDecode(auth.Body.Span, out Auth? listenerAuth));

        await stream.WriteAsync(FrameCodec.Encode(FrameType.Auth, chooseAuth(transcript, listenerAuth).Encode()));
        await connection.Ended;
        return Nothing;
    }

    /// <summary>Answers with the proof and the identity a test chooses.</summary>
    public static async Task<HandshakeResult> AcceptAsync(
        IPeerConnection connection,
        TestDevice self,
        Func<ChannelBinding, Hello, byte[], Hash256> chooseProof,
        Func<HandshakeTranscript, Auth> chooseAuth)
    {
        ChannelBinding binding = ChannelBinding.Of(connection);
        IPeerStream stream = (await connection.AcceptStreamAsync())!;
        using var reader = new FrameReader(stream, Limits.HandshakeSizeBytes);
        Frame helloFrame = await reader.ReadAsync();
        Assert.True(Hello.TryDecode(helloFrame.Body.Span, out Hello? hello));

        byte[] nonce = new byte[Hello.NonceSizeBytes];
        byte[] tag = binding.NetworkTag(self.Options.DeriveNetworkKey(), ConnectionRole.Listener, nonce);
        var answer = new HelloAnswer(1, tag, nonce, 0, Hello.MaxFrameSizeBytes, chooseProof(binding, hello, nonce));
        byte[] answerFrame = FrameCodec.Encode(FrameType.HelloAnswer, answer.Encode());
        var transcript = new HandshakeTranscript(binding, helloFrame.Bytes.Span, answerFrame);
        await stream.WriteAsync(answerFrame);
        await stream.WriteAsync(FrameCodec.Encode(FrameType.Auth, chooseAuth(transcript).Encode()));
        await connection.Ended;
        return Nothing;
    }
}
