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

    [Theory]
    [InlineData("Commit", "2d8495665c56bca9ba4b96ae3944a74610146851f0ce17f99e47814af4a20a46a2e17ee0cbca529f1322409fea9136a19279c4b150d44e4927da08d0b8a9f204")]
    [InlineData("Certificate", "8550946be58367c6bdc4d6a1786f6bfe673980235563115c864e9faccd2bd411f7fbec60464283b1883c5dc0bb245e8b79fca0dad4a9a28f8850f8dee9f32208")]
    [InlineData("Handshake", "79b2c27d84e26e165c7d5f05885e0ffc1533958dfe84213a71d9061139eddac76e93a65b8bc8e455a246724550f2670880a199c0b77783ace87600b336d9c30e")]
    [InlineData("Announcement", "30d08664f890877477a377745b7babbacb6457f123fe2465019f91fdf39eef392c130a0fdc5419a880567738dce17caf042f97d4a087b6fa7b39ad49fe7f2d09")]
    [InlineData("Invitation", "771f2ecdfbe2f2758c40daca74918957d164e99e1f202196d24c05324ba1b56afe8580850de452dab4160174149904c71f03476654175261e277a4e48e790c00")]
    public void Signatures_of_every_kind_are_pinned(string kind, string expected)
    {
        using var key = SigningKey.FromSeed(new byte[32]);
        byte[] signature = new byte[64];

        DomainSignature.Sign(key, Enum.Parse<SignedKind>(kind), [1, 2, 3], signature);

        Assert.Equal(expected, Convert.ToHexStringLower(signature));
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
