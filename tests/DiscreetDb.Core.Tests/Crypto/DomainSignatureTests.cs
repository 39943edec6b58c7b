using System.Text;

namespace DiscreetDb.Core.Tests.Crypto;

public sealed class DomainSignatureTests
{
    private static readonly SignedKind[] Kinds = Enum.GetValues<SignedKind>();

    [Fact]
    public void A_signature_is_over_domain_length_and_bytes()
    {
        using var key = SigningKey.FromSeed(new byte[32]);
        byte[] canonical = [1, 2, 3];
        byte[] expected = new byte[64];
        byte[] signature = new byte[64];

        key.Sign([.. Encoding.ASCII.GetBytes("discreet/v1/commit\0"), 3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3], expected);
        DomainSignature.Sign(key, SignedKind.Commit, canonical, signature);

        Assert.Equal(expected, signature);
    }

    [Fact]
    public void A_signature_holds_for_its_own_kind_only()
    {
        using var key = SigningKey.FromSeed(new byte[32]);
        byte[] canonical = new byte[200];
        byte[] signature = new byte[64];
        foreach (SignedKind signed in Kinds)
        {
            DomainSignature.Sign(key, signed, canonical, signature);
            foreach (SignedKind verified in Kinds)
            {
                Assert.Equal(signed == verified, DomainSignature.Verify(key.PublicKey, verified, canonical, signature));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(480)]
    [InlineData(600)]
    [InlineData(1_000_000)]
    public void Any_size_can_be_signed_and_any_change_is_seen(int size)
    {
        using var key = SigningKey.FromSeed(new byte[32]);
        byte[] canonical = new byte[size];
        byte[] signature = new byte[64];
        DomainSignature.Sign(key, SignedKind.Handshake, canonical, signature);

        Assert.True(DomainSignature.Verify(key.PublicKey, SignedKind.Handshake, canonical, signature));
        Assert.False(DomainSignature.Verify(key.PublicKey, SignedKind.Handshake, [.. canonical, 0], signature));
    }
}
