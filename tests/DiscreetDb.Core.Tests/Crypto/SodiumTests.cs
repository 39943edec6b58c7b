using System.Text;

namespace DiscreetDb.Core.Tests.Crypto;

public sealed class SodiumTests
{
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Ed25519_gives_the_signatures_of_RFC_8032(string seed, string publicKey, string message, string signature)
    {
        using var key = SigningKey.FromSeed(Convert.FromHexString(seed));
        byte[] signed = new byte[64];
        key.Sign(Convert.FromHexString(message), signed);

        Assert.Equal(publicKey, Convert.ToHexStringLower(key.PublicKey));
        Assert.Equal(seed, Convert.ToHexStringLower(key.Seed));
        Assert.Equal(signature, Convert.ToHexStringLower(signed));
        Assert.True(Ed25519.Verify(key.PublicKey, Convert.FromHexString(message), signed));
    }

    [Fact]
    public void A_signature_with_any_bit_changed_is_refused()
    {
        using var key = SigningKey.FromSeed(new byte[32]);
        byte[] message = [1, 2, 3];
        byte[] signature = new byte[64];
        key.Sign(message, signature);

        for (int bit = 0; bit < 512; bit++)
        {
            byte[] changed = [.. signature];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Ed25519.Verify(key.PublicKey, message, changed), $"bit {bit}");
        }

        Assert.False(Ed25519.Verify(key.PublicKey, [1, 2, 4], signature));
    }

    [Fact]
    public void A_signature_whose_scalar_is_not_reduced_is_refused()
    {
        // S + L is the same scalar modulo the group order L, in another encoding.
        byte[] order = Convert.FromHexString("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        using var key = SigningKey.FromSeed(new byte[32]);
        byte[] signature = new byte[64];
        key.Sign([1], signature);
        int carry = 0;
        for (int i = 0; i < 32; i++)
        {
            int sum = signature[32 + i] + order[i] + carry;
            signature[32 + i] = (byte)sum;
            carry = sum >> 8;
        }

        Assert.Equal(0, carry);
        Assert.False(Ed25519.Verify(key.PublicKey, [1], signature));
    }

    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void A_public_key_of_small_order_or_not_canonical_verifies_nothing(string publicKey)
    {
        // R = the neutral element and S = 0 satisfy the equation for every message under a key of small order.
        byte[] signature = new byte[64];
        signature[0] = 1;

        Assert.False(Ed25519.Verify(Convert.FromHexString(publicKey), [1], signature));
    }

    [Fact]
    public void Keys_and_signatures_of_another_size_are_false_not_an_exception()
    {
        using var key = SigningKey.FromSeed(new byte[32]);
        byte[] signature = new byte[64];
        key.Sign([1], signature);

        Assert.False(Ed25519.Verify(key.PublicKey[..31], [1], signature));
        Assert.False(Ed25519.Verify(key.PublicKey, [1], signature.AsSpan(0, 63)));
        Assert.False(Ed25519.Verify(default, [1], default));
        Assert.Throws<ArgumentException>(() => SigningKey.FromSeed(new byte[31]));
    }

    [Fact]
    public void X25519_agrees_with_RFC_7748()
    {
        byte[] alice = Convert.FromHexString("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        byte[] bob = Convert.FromHexString("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
        byte[] alicePublic = new byte[32];
        byte[] bobPublic = new byte[32];
        byte[] shared = new byte[32];

        X25519.GetPublicKey(alice, alicePublic);
        X25519.GetPublicKey(bob, bobPublic);

        Assert.Equal("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a", Convert.ToHexStringLower(alicePublic));
        Assert.Equal("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f", Convert.ToHexStringLower(bobPublic));
        Assert.True(X25519.TryAgree(alice, bobPublic, shared));
        Assert.Equal("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742", Convert.ToHexStringLower(shared));
        Assert.True(X25519.TryAgree(bob, alicePublic, shared));
        Assert.Equal("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742", Convert.ToHexStringLower(shared));
    }

    [Fact]
    public void X25519_refuses_a_public_key_everybody_would_agree_with()
    {
        byte[] shared = new byte[32];

        Assert.False(X25519.TryAgree(new byte[32], new byte[32], shared));
        Assert.False(X25519.TryAgree(new byte[32], new byte[31], shared));
    }

    [Fact]
    public void XChaCha20_Poly1305_gives_the_ciphertext_of_the_draft()
    {
        byte[] plaintext = Encoding.ASCII.GetBytes(
            "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.");
        byte[] associatedData = Convert.FromHexString("50515253c0c1c2c3c4c5c6c7");
        byte[] key = [.. Enumerable.Range(0x80, 32).Select(i => (byte)i)];
        byte[] nonce = [.. Enumerable.Range(0x40, 24).Select(i => (byte)i)];
        byte[] ciphertext = new byte[plaintext.Length + 16];
        byte[] decrypted = new byte[plaintext.Length];

        XChaCha20Poly1305.Encrypt(key, nonce, associatedData, plaintext, ciphertext);

        Assert.Equal(
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
            + "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52e"
            + "c0875924c1c7987947deafd8780acf49",
            Convert.ToHexStringLower(ciphertext));
        Assert.True(XChaCha20Poly1305.TryDecrypt(key, nonce, associatedData, ciphertext, decrypted));
        Assert.Equal(plaintext, decrypted);
    }

    [Fact]
    public void XChaCha20_Poly1305_refuses_whatever_was_altered()
    {
        byte[] key = new byte[32];
        byte[] nonce = new byte[24];
        byte[] ciphertext = new byte[3 + 16];
        byte[] plaintext = new byte[3];
        XChaCha20Poly1305.Encrypt(key, nonce, [7], [1, 2, 3], ciphertext);

        Assert.True(XChaCha20Poly1305.TryDecrypt(key, nonce, [7], ciphertext, plaintext));
        Assert.False(XChaCha20Poly1305.TryDecrypt(key, nonce, [8], ciphertext, plaintext));
        Assert.False(XChaCha20Poly1305.TryDecrypt(key, nonce, [7], ciphertext.AsSpan(0, 18), plaintext.AsSpan(0, 2)));
        Assert.False(XChaCha20Poly1305.TryDecrypt(key, nonce, [7], default, default));
        ciphertext[0] ^= 1;
        Assert.False(XChaCha20Poly1305.TryDecrypt(key, nonce, [7], ciphertext, plaintext));
    }

    [Fact]
    public void Argon2id_gives_what_another_implementation_gives()
    {
        // Computed with @noble/hashes 2: t = 3, m = 8 MiB, p = 1, version 0x13.
        byte[] salt = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
        byte[] output = new byte[32];

        Argon2id.Derive("password"u8, salt, 3, 8 << 20, output);

        Assert.Equal("c73cd0839f0457959748cb78a6de6277bfd15defe79d4bb4864890fe68b3e048", Convert.ToHexStringLower(output));
    }
}
