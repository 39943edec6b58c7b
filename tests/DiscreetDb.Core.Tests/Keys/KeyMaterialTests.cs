namespace DiscreetDb.Core.Tests.Keys;

public sealed class KeyMaterialTests
{
    private const int CheapMemoryKiB = KeyEnvelope.MinMemoryKiB;

    [Fact]
    public void Generated_key_material_is_32_bytes_and_never_the_same()
    {
        byte[] first = KeyMaterial.Generate();

        Assert.Equal(32, first.Length);
        Assert.NotEqual(first, KeyMaterial.Generate());
        Assert.Equal(KeyMaterial.Generate(new SeededRandomSource(1)), KeyMaterial.Generate(new SeededRandomSource(1)));
    }

    [Theory]
    [InlineData("my login", "my password", null, "d3e1fd23db024ad9c676afb254f9585707ec3ad077d0689d74a97223e9020a98")]
    [InlineData("my login", "my password", "example.com/chat", "bb393251e01b3de5fac0f8d816ebebb7eb2d15daa7220c9af4d802c0990c5c6d")]
    public void A_pass_phrase_gives_pinned_key_material(string login, string password, string? appKey, string expected)
    {
        Assert.Equal(expected, Convert.ToHexStringLower(KeyMaterial.DerivePassPhrase(login, password, appKey)));
    }

    [Fact]
    public void Login_password_and_application_each_change_the_user()
    {
        string[] derived =
        [
            Derive("a", "b", null),
            Derive("b", "a", null),
            Derive("a", "B", null),
            Derive("a", "b", "c"),
            Derive("ac", "b", null),
        ];

        Assert.Equal(derived.Length, derived.Distinct().Count());
    }

    [Fact]
    public void A_pass_phrase_is_the_same_however_its_letters_are_composed()
    {
        Assert.Equal(Derive("zo\u00eb", "caf\u00e9", null), Derive("zoe\u0308", "cafe\u0301", null));
    }

    [Fact]
    public void Empty_and_oversized_logins_and_passwords_are_refused()
    {
        Assert.Throws<ArgumentException>(() => KeyMaterial.DerivePassPhrase("", "b"));
        Assert.Throws<ArgumentException>(() => KeyMaterial.DerivePassPhrase("a", ""));
        Assert.Throws<ArgumentException>(() => KeyMaterial.DerivePassPhrase("a", new string('x', Limits.PasswordSizeBytes + 1)));
        Assert.Throws<ArgumentException>(() => KeyMaterial.DerivePassPhrase("a", new string('\u00e9', (Limits.PasswordSizeBytes / 2) + 1)));
    }

    [Theory]
    [InlineData("00", "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon art")]
    [InlineData("7f", "legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth title")]
    [InlineData("80", "letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic bless")]
    [InlineData("ff", "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo vote")]
    public void Recovery_phrases_are_those_of_BIP_39(string repeated, string phrase)
    {
        byte[] keyMaterial = [.. Enumerable.Repeat(Convert.FromHexString(repeated)[0], 32)];

        Assert.Equal(phrase, KeyMaterial.ToRecoveryPhrase(keyMaterial));
        Assert.Equal(keyMaterial, KeyMaterial.FromRecoveryPhrase(phrase));
        Assert.Equal(keyMaterial, KeyMaterial.FromRecoveryPhrase($"\n  {phrase.ToUpperInvariant().Replace(" ", "\t \r\n")} "));
    }

    [Fact]
    public void Any_key_material_survives_its_recovery_phrase()
    {
        var random = new SeededRandomSource(7);
        for (int round = 0; round < 200; round++)
        {
            byte[] keyMaterial = KeyMaterial.Generate(random);
            Assert.Equal(keyMaterial, KeyMaterial.FromRecoveryPhrase(KeyMaterial.ToRecoveryPhrase(keyMaterial)));
        }
    }

    [Fact]
    public void A_wrong_recovery_phrase_says_what_is_wrong()
    {
        string[] words = KeyMaterial.ToRecoveryPhrase(new byte[32]).Split(' ');

        Assert.Contains("has 23", Refused(string.Join(' ', words[1..])));
        words[4] = "abandonn";
        Assert.Contains("Word 5 ", Refused(string.Join(' ', words)));
        words[4] = "zoo";
        Assert.Contains("checksum", Refused(string.Join(' ', words)));

        static string Refused(string phrase)
        {
            var failure = Assert.Throws<DiscreetException>(() => KeyMaterial.FromRecoveryPhrase(phrase));
            Assert.Equal(ErrorCode.InvalidKeyMaterial, failure.Code);
            return failure.Message;
        }
    }

    [Fact]
    public void A_sealed_envelope_opens_with_its_password_and_no_other()
    {
        byte[] keyMaterial = KeyMaterial.Generate();
        byte[] envelope = KeyMaterial.Seal(keyMaterial, "p\u00e4ssword");

        Assert.Equal(KeyEnvelope.SizeBytes, envelope.Length);
        Assert.Equal(keyMaterial, KeyMaterial.Unseal(envelope, "pa\u0308ssword"));
        var failure = Assert.Throws<DiscreetException>(() => KeyMaterial.Unseal(envelope, "password"));
        Assert.Equal(ErrorCode.InvalidKeyMaterial, failure.Code);
        Assert.Contains("password", failure.Message);
    }

    [Fact]
    public void Changing_the_password_keeps_the_key_material()
    {
        byte[] keyMaterial = KeyMaterial.Generate();
        byte[] old = KeyEnvelope.Seal(keyMaterial, "old", new SeededRandomSource(1), CheapMemoryKiB, 1);

        byte[] renewed = KeyMaterial.ChangePassword(old, "old", "new");

        Assert.Equal(keyMaterial, KeyMaterial.Unseal(renewed, "new"));
        Assert.Throws<DiscreetException>(() => KeyMaterial.Unseal(renewed, "old"));
    }

    [Fact]
    public void An_envelope_with_any_byte_changed_does_not_open()
    {
        byte[] envelope = KeyEnvelope.Seal(new byte[32], "x", new SeededRandomSource(1), CheapMemoryKiB, 1);
        for (int index = 0; index < envelope.Length; index++)
        {
            byte[] changed = [.. envelope];
            changed[index] ^= 1;
            Assert.Equal(ErrorCode.InvalidKeyMaterial, Assert.Throws<DiscreetException>(() => KeyMaterial.Unseal(changed, "x")).Code);
        }
    }

    [Fact]
    public void A_hostile_envelope_costs_no_memory()
    {
        byte[] envelope = KeyEnvelope.Seal(new byte[32], "x", new SeededRandomSource(1), CheapMemoryKiB, 1);
        BitConverter.GetBytes(KeyEnvelope.MaxMemoryKiB + 1).CopyTo(envelope, 4);
        Assert.Contains("256 MiB", Assert.Throws<DiscreetException>(() => KeyMaterial.Unseal(envelope, "x")).Message);

        BitConverter.GetBytes(CheapMemoryKiB).CopyTo(envelope, 4);
        BitConverter.GetBytes(KeyEnvelope.MaxPasses + 1).CopyTo(envelope, 8);
        Assert.Contains("16 passes", Assert.Throws<DiscreetException>(() => KeyMaterial.Unseal(envelope, "x")).Message);
        Assert.Throws<DiscreetException>(() => KeyMaterial.Unseal([], "x"));
        Assert.Throws<DiscreetException>(() => KeyMaterial.Unseal([.. envelope, 0], "x"));
    }

    [Fact]
    public void An_envelope_is_pinned_byte_for_byte()
    {
        byte[] keyMaterial = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        byte[] envelope = Convert.FromHexString("444b45010020000002000000a0a1a2a3a4a5a6a7a8a9aaabacadaeafc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d78bfd45e0b723572b69ac984dc3e8d1966047b4096272a1dc2abcc469894a1bcc81317be68f2014ed1760cead4af1fc07");

        Assert.Equal(keyMaterial, KeyMaterial.Unseal(envelope, "correct horse"));
    }

    [Fact]
    public void Key_material_of_another_size_is_refused()
    {
        Assert.Equal(ErrorCode.InvalidKeyMaterial, Assert.Throws<DiscreetException>(() => KeyMaterial.ToRecoveryPhrase(new byte[31])).Code);
        Assert.Equal(ErrorCode.InvalidKeyMaterial, Assert.Throws<DiscreetException>(() => KeyMaterial.Seal(new byte[33], "x")).Code);
        Assert.Equal(ErrorCode.InvalidKeyMaterial, Assert.Throws<DiscreetException>(() => UserKeys.Derive("app", new byte[31])).Code);
    }

    private static string Derive(string login, string password, string? appKey) =>
        Convert.ToHexStringLower(KeyMaterial.DerivePassPhrase(login, password, appKey));
}
