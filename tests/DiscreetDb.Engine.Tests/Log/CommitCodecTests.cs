using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.TestKit;
using Xunit.Abstractions;

namespace DiscreetDb.EngineTests.Log;

public sealed class CommitCodecTests(ITestOutputHelper output) : IDisposable
{
    private static readonly Entity Owner = DataModelBuilder.Build(LogPeer.Model, 1).FindCanonical("harbour.Owner")!;
    private static readonly Hash256[] OneHead = [Blake3.Hash("head"u8)];

    private readonly HandLog _log = new("ann", 1, Uid.Zero);

    [Fact]
    public void A_packed_commit_reads_back()
    {
        LogHead before = _log.Head;
        SentCommit sent = Add(1_000);

        Assert.True(CommitCodec.TryDecode(sent.Packed, before, out Commit? commit, out _));
        Assert.Equal(_log.Head.Id, commit.Id);
        Assert.Equal(1_000, commit.Position.Hlc.Milliseconds);
        Assert.Equal(sent.Packed, Encode(commit, before));
    }

    [Fact]
    public void A_one_row_commit_costs_less_than_a_hundred_bytes_beside_its_content()
    {
        SentCommit first = Add(1_700_000_000_000, "x");
        SentCommit second = Add(1_700_000_005_000, new string('x', 100));

        output.WriteLine($"{first.Packed.Length - 1}, {second.Packed.Length - 100} bytes");
        Assert.InRange(second.Packed.Length, 100, 200);
    }

    [Fact]
    public void Heads_are_sent_only_where_they_change()
    {
        int without = Add(1_000).Packed.Length;
        SentCommit with = Add(1_001, heads: OneHead);
        LogHead between = _log.Head;
        SentCommit same = Add(1_002, heads: OneHead);

        Assert.True(with.Packed.Length > without);
        Assert.True(same.Packed.Length < with.Packed.Length);
        Assert.True(CommitCodec.TryDecode(same.Packed, between, out Commit? commit, out _));
        Assert.Equal(OneHead, commit.Header.Heads.ToArray());
    }

    [Fact]
    public void Heads_that_repeat_those_before_them_are_refused()
    {
        LogHead before = _log.Head;
        SentCommit sent = Add(1_000, heads: OneHead);
        LogHead withSame = before with { Heads = OneHead };

        Assert.False(CommitCodec.TryDecode(sent.Packed, withSame, out _, out CommitFault fault));
        Assert.Equal(CommitFault.Malformed, fault);
    }

    [Fact]
    public void Heads_out_of_order_are_refused()
    {
        Hash256[] heads = [.. new[] { Blake3.Hash("a"u8), Blake3.Hash("b"u8) }.OrderDescending()];
        LogHead before = _log.Head;
        SentCommit sent = Add(1_000, heads: heads);

        Assert.False(CommitCodec.TryDecode(sent.Packed, before, out _, out _));
    }

    [Fact]
    public void A_clock_that_does_not_advance_cannot_be_written()
    {
        LogHead before = _log.Head;
        byte[] packed = Add(1_000).Packed;

        Assert.False(CommitCodec.TryDecode([packed[0], packed[1], 0, .. packed[9..]], before, out _, out CommitFault fault));
        Assert.Equal(CommitFault.Malformed, fault);
        Assert.False(CommitCodec.TryDecode(packed, before with { Hlc = new Hlc(ulong.MaxValue) }, out _, out _));
    }

    [Fact]
    public void What_is_altered_out_of_order_or_missing_has_a_wrong_signature()
    {
        LogHead zero = _log.Head;
        SentCommit first = Add(1_000);
        LogHead one = _log.Head;
        SentCommit second = Add(1_001);
        LogHead two = _log.Head;

        Assert.True(CommitVerifier.TryVerify(first.Packed, zero, _log.Certificate, out _, out _));
        Assert.True(CommitVerifier.TryVerify(second.Packed, one, _log.Certificate, out _, out _));
        ExpectFault(CommitFault.WrongSignature, second.Packed, zero);
        ExpectFault(CommitFault.WrongSignature, second.Packed, two);
        ExpectFault(CommitFault.WrongSignature, first.Packed, one);
        ExpectFault(CommitFault.WrongSignature, second.Packed, one with { Room = new Uid(new byte[16].Select((_, i) => (byte)i).ToArray()) });
        ExpectFault(CommitFault.WrongSignature, second.Packed, one with { Device = new Uid(new byte[16].Select((_, i) => (byte)i).ToArray()) });
        ExpectFault(CommitFault.WrongSignature, second.Packed, one with { Certificate = Hash256.Zero });
    }

    [Fact]
    public void Any_altered_bit_is_refused()
    {
        LogHead before = _log.Head;
        byte[] packed = Add(1_000, heads: OneHead).Packed;

        for (int bit = 0; bit < packed.Length * 8; bit++)
        {
            byte[] altered = [.. packed];
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(CommitVerifier.TryVerify(altered, before, _log.Certificate, out _, out CommitFault fault), $"bit {bit}");
            Assert.NotEqual(CommitFault.None, fault);
        }
    }

    [Fact]
    public void Mutated_bytes_never_throw_and_read_back_as_they_are()
    {
        SeededRandom random = new();
        output.WriteLine(random.ToString());
        LogHead before = _log.Head;
        byte[][] seeds = [Add(1_000).Packed, Add(1_001, heads: OneHead).Packed, Add(1_002, new string('y', 300)).Packed];
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = [.. random.Pick(seeds)];
            for (int i = random.Between(0, 3); i > 0; i--)
            {
                bytes[random.Below(bytes.Length)] = (byte)random.Below(256);
            }

            bytes = bytes[..random.Between(random.Chance(80) ? bytes.Length : 0, bytes.Length)];
            if (CommitCodec.TryDecode(bytes, before, out Commit? commit, out _))
            {
                Assert.Equal(bytes, Encode(commit, before));
            }
        }
    }

    public void Dispose() => _log.Dispose();

    private static byte[] Encode(Commit commit, LogHead after)
    {
        using WireWriter writer = new();
        CommitCodec.Encode(commit, after, writer);
        return writer.ToArray();
    }

    private void ExpectFault(CommitFault expected, byte[] packed, LogHead after)
    {
        Assert.False(CommitVerifier.TryVerify(packed, after, _log.Certificate, out Commit? commit, out CommitFault fault));
        Assert.Null(commit);
        Assert.Equal(expected, fault);
    }

    private SentCommit Add(long ms, string nick = "ann", Hash256[]? heads = null)
    {
        Hlc hlc = Hlc.FromMilliseconds(ms);
        return _log.Add(hlc, builder => builder.TryInsert(Owner, _log.RowAt(hlc, 0), [new FieldAssignment(Owner.FindField("nick")!, Value.Text(nick))]), heads);
    }
}
