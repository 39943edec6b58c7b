using System.Buffers;
using DiscreetDb.Core;
using DiscreetDb.Network;

namespace DiscreetDb.Fuzz.Targets;

/// <summary>Frames between devices and the messages of the handshake in them.</summary>
internal sealed class HandshakeTarget : FuzzTarget
{
    public HandshakeTarget(byte[] certificate)
    {
        var hello = new Hello(1, 1, new byte[16], new byte[32], 5, Limits.FrameSizeBytes, [Blake3.Hash(certificate)]);
        var answer = new HelloAnswer(1, new byte[16], new byte[32], 5, Limits.FrameSizeBytes, Hash256.Zero);
        DeviceCertificate.TryDecode(certificate, out DeviceCertificate? decoded);
        Seeds =
        [
            FrameCodec.Encode(FrameType.Hello, hello.Encode()),
            FrameCodec.Encode(FrameType.HelloAnswer, answer.Encode()),
            FrameCodec.Encode(FrameType.Auth, new Auth(decoded!, new byte[64]).Encode()),
            FrameCodec.Encode(FrameType.Ready, default),
        ];
    }

    public override string Name => "handshake";

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override void Run(byte[] input)
    {
        OperationStatus status = FrameCodec.DecodeHeader(input, Limits.HandshakeSizeBytes, out byte type, out int headerSize, out int bodySize);
        if (status != OperationStatus.Done || input.Length < headerSize + bodySize)
        {
            return;
        }

        ReadOnlySpan<byte> body = input.AsSpan(headerSize, bodySize);
        byte[]? again = (FrameType)type switch
        {
            FrameType.Hello => Hello.TryDecode(body, out Hello? hello) ? hello.Encode() : null,
            FrameType.HelloAnswer => HelloAnswer.TryDecode(body, out HelloAnswer? answer) ? answer.Encode() : null,
            FrameType.Auth => Auth.TryDecode(body, out Auth? auth) ? auth.Encode() : null,
            _ => null,
        };
        if (again is not null && !FrameCodec.Encode((FrameType)type, again).AsSpan().SequenceEqual(input.AsSpan(0, headerSize + bodySize)))
        {
            throw new BrokenPromise("decoded and encoded again it is another message");
        }
    }
}
