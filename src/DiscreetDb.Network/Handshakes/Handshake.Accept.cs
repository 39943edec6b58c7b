using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>The listener's side.</summary>
internal sealed partial class Handshake
{
    private async Task<AuthenticatedPeer> AcceptAsync(CancellationToken cancellationToken)
    {
        IPeerStream stream = await _connection.AcceptStreamAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new HandshakeRefusal(HandshakeFault.ConnectionEnded);
        var reader = new FrameReader(stream, MaxFrameSizeBytes);
        Frame helloFrame = await ReadAsync(reader, FrameType.Hello, cancellationToken).ConfigureAwait(false);
        (Hello hello, PeerSecret secret, Hash256 proof) = JudgeHello(helloFrame);

        byte[] answerFrame = FrameCodec.Encode(FrameType.HelloAnswer, CreateAnswer(secret, proof).Encode());
        var transcript = new HandshakeTranscript(_binding, helloFrame.Bytes.Span, answerFrame);
        byte[] ownAuth = FrameCodec.Encode(FrameType.Auth, transcript.Sign(ConnectionRole.Listener, _options.Certificate, _options.AuthKey).Encode());
        await stream.WriteAsync(answerFrame, cancellationToken: cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(ownAuth, cancellationToken: cancellationToken).ConfigureAwait(false);

        Frame authFrame = await ReadAsync(reader, FrameType.Auth, cancellationToken).ConfigureAwait(false);
        if (!Auth.TryDecode(authFrame.Body.Span, out Auth? auth))
        {
            throw new HandshakeRefusal(HandshakeFault.Malformed);
        }

        Judge(auth, ConnectionRole.Dialler, transcript, secret);
        await stream.WriteAsync(FrameCodec.Encode(FrameType.Ready, default), cancellationToken: cancellationToken).ConfigureAwait(false);
        return Admit(auth, secret, transcript, stream, reader, Hello.Version, hello.Features, hello.FrameSizeBytes);
    }

    private (Hello Hello, PeerSecret Secret, Hash256 Proof) JudgeHello(Frame frame)
    {
        if (!Hello.TryDecode(frame.Body.Span, out Hello? hello))
        {
            throw new HandshakeRefusal(HandshakeFault.Malformed);
        }

        if (hello.MinVersion > Hello.Version || hello.MaxVersion < Hello.Version)
        {
            throw new HandshakeRefusal(HandshakeFault.NoCommonVersion);
        }

        // Every secret is tried, whatever is found: how long it takes says nothing about who is known.
        bool isNetwork = _binding.IsNetworkTag(hello.NetworkTag.Span, _networkKey, ConnectionRole.Dialler, hello.Nonce.Span);
        var proofs = new HashSet<Hash256>(hello.Proofs);
        (PeerSecret Secret, Hash256 Proof)? found = null;
        foreach (PeerSecret secret in _options.Directory.Secrets)
        {
            Hash256 proof = _binding.DialProof(secret, hello.Nonce.Span);
            if (proofs.Contains(proof))
            {
                found ??= (secret, proof);
            }
        }

        if (!isNetwork || found is not { } match)
        {
            throw new HandshakeRefusal(isNetwork ? HandshakeFault.UnknownPeer : HandshakeFault.WrongNetwork);
        }

        return (hello, match.Secret, match.Proof);
    }

    private HelloAnswer CreateAnswer(PeerSecret secret, Hash256 dialProof)
    {
        byte[] nonce = Nonce();
        byte[] tag = _binding.NetworkTag(_networkKey, ConnectionRole.Listener, nonce);
        return new HelloAnswer(
            Hello.Version, tag, nonce, _options.Features, Hello.MaxFrameSizeBytes, _binding.AnswerProof(secret, dialProof, nonce));
    }
}
