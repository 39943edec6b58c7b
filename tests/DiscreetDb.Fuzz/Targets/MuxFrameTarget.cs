using System.Buffers;
using DiscreetDb.Network;

namespace DiscreetDb.Fuzz.Targets;

/// <summary>Frames of the multiplexer: one encoding each, and a connection that gets them never fails otherwise than by ending.</summary>
internal sealed class MuxFrameTarget : FuzzTarget
{
    public override string Name => "mux-frames";

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        [0, 1, 2, 0, 3, 97, 98, 99],
        [0, 1, 1, 0, 1, 7, 3, 0, 9, 4, 0, 5, 5, 0, 0x80, 0x80, 0x40, 6, 0x80, 0x80, 0x40, 0x80, 0x80, 0x80, 2, 0x80, 2, 7, 8],
        [0, 1, 2, 0, 0, 2, 2, 1, 5, 9, 3],
    ];

    public override void Run(byte[] input)
    {
        CheckEncoding(input);
        Feed(input, isAdmitted: false);
        Feed(input, isAdmitted: true);
    }

    private static void CheckEncoding(byte[] input)
    {
        OperationStatus status = MuxFrame.Decode(input, out MuxFrame frame, out int size);
        if (status != OperationStatus.Done)
        {
            return;
        }

        byte[] again = new byte[MuxFrame.MaxSizeBytes];
        int written = MuxFrame.Encode(again, frame.Type, frame.First, frame.Second, frame.Third);
        frame.Data.CopyTo(again.AsSpan(written));
        if (!again.AsSpan(0, written + frame.Data.Length).SequenceEqual(input.AsSpan(0, size)))
        {
            throw new BrokenPromise("decoded and encoded again it is another frame");
        }
    }

    private static void Feed(byte[] input, bool isAdmitted)
    {
        var multiplexer = new Multiplexer(new Host(), ConnectionRole.Listener, new StreamWindows(100_000, 200_000, 8));
        if (isAdmitted)
        {
            multiplexer.Admit();
        }

        multiplexer.Receive(input);
        if (multiplexer.OpenStreamCount > 8)
        {
            throw new BrokenPromise($"{multiplexer.OpenStreamCount} streams are open");
        }

        Span<byte> frame = stackalloc byte[MuxFrame.MaxSizeBytes];
        for (int count = 0; multiplexer.TryTakeFrame(frame, out int size, out _); count++)
        {
            if (count > 100 || MuxFrame.Decode(frame[..size], out _, out int decoded) != OperationStatus.Done || decoded != size)
            {
                throw new BrokenPromise("what it answers is not a few frames");
            }
        }
    }

    private sealed class Host : IMultiplexerHost
    {
        public Waiter CreateWaiter() => new(isAsynchronous: false);

        public void Wake(Waiter waiter) => waiter.Set();

        public void OnOutputReady()
        {
            // Asked for below.
        }

        public void OnEnded(ConnectionEnd end)
        {
            // Seen in what it answers.
        }
    }
}
