using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>The dialler's side.</summary>
internal sealed partial class Handshake
{
    private async Task<AuthenticatedPeer> DialAsync(IReadOnlyList<PeerSecret> secrets, CancellationToken cancellationToken)
    {
        IPeerStream stream = await _connection.OpenStreamAsync(cancellationToken).ConfigureAwait(false);
        var reader = new FrameReader(stream, MaxFrameSizeBytes);
        byte[] nonce = Nonce();
        PeerSecret[] tried = [.. secrets.Take(Hello.MaxProofCount)];
        Hash256[] proofs = [.. tried.Select(s => _binding.DialProof(s, nonce))];
        byte[] helloFrame = FrameCodec.Encode(FrameType.Hello, CreateHello(nonce, proofs).Encode());
        await stream.WriteAsync(helloFrame, cancellationToken: cancellationToken).ConfigureAwait(false);

        Frame answerFrame = await ReadAsync(reader, FrameType.HelloAnswer, cancellationToken).ConfigureAwait(false);
        (HelloAnswer answer, PeerSecret secret) = JudgeAnswer(answerFrame, tried, proofs);
        var transcript = new HandshakeTranscript(_binding, helloFrame, answerFrame.Bytes.Span);

        // The listener has shown that it knows the secret; still it says first who it is.
        Frame authFrame = await ReadAsync(reader, FrameType.Auth, cancellationToken).ConfigureAwait(false);
        if (!Auth.TryDecode(authFrame.Body.Span, out Auth? auth))
        {
            throw new HandshakeRefusal(HandshakeFault.Malformed);
        }

        Judge(auth, ConnectionRole.Listener, transcript, secret);
        Auth own = transcript.Sign(ConnectionRole.Dialler, _options.Certificate, _options.AuthKey);
        await stream.WriteAsync(FrameCodec.Encode(FrameType.Auth, own.Encode()), cancellationToken: cancellationToken).ConfigureAwait(false);

        Frame ready = await ReadAsync(reader, FrameType.Ready, cancellationToken).ConfigureAwait(false);
        return ready.Body.IsEmpty
            ? Admit(auth, secret, transcript, stream, reader, answer.Version, answer.Features, answer.FrameSizeBytes)
            : throw new HandshakeRefusal(HandshakeFault.Malformed);
    }

    private Hello CreateHello(byte[] nonce, Hash256[] proofs)
    {
        // How many there are, and which is whose, is hidden among random ones and by the order of their bytes.
        int count = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, proofs.Length));
        var all = new List<Hash256>(proofs);
        Span<byte> filling = stackalloc byte[Hash256.SizeBytes];
        while (all.Count < count)
        {
            _options.Random.Fill(filling);
            all.Add(new Hash256(filling));
        }

        all.Sort();
        byte[] tag = _binding.NetworkTag(_networkKey, ConnectionRole.Dialler, nonce);
        return new Hello(Hello.Version, Hello.Version, tag, nonce, _options.Features, Hello.MaxFrameSizeBytes, all);
    }

    private (HelloAnswer Answer, PeerSecret Secret) JudgeAnswer(Frame frame, PeerSecret[] secrets, Hash256[] proofs)
    {
        if (!HelloAnswer.TryDecode(frame.Body.Span, out HelloAnswer? answer))
        {
            throw new HandshakeRefusal(HandshakeFault.Malformed);
        }

        if (answer.Version != Hello.Version)
        {
            throw new HandshakeRefusal(HandshakeFault.NoCommonVersion);
        }

        if (!_binding.IsNetworkTag(answer.NetworkTag.Span, _networkKey, ConnectionRole.Listener, answer.Nonce.Span))
        {
            throw new HandshakeRefusal(HandshakeFault.WrongNetwork);
        }

        for (int i = 0; i < secrets.Length; i++)
        {
            if (_binding.AnswerProof(secrets[i], proofs[i], answer.Nonce.Span) == answer.Proof)
            {
                return (answer, secrets[i]);
            }
        }

        throw new HandshakeRefusal(HandshakeFault.UnknownPeer);
    }
}
