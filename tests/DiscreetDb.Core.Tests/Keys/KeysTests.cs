namespace DiscreetDb.Core.Tests.Keys;

/// <summary>The vectors are those of schema/wire.md, computed with an independent implementation.</summary>
public sealed class KeysTests
{
    private const string AppKey = "example.com/chat";

    private static readonly byte[] Material = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Seeds = [.. Enumerable.Range(0, 64).Select(i => (byte)(100 + i))];
    private static readonly Hlc Time = new(Hlc.FromMilliseconds(1_767_225_600_000).Value + 5);

    [Fact]
    public void Everything_derived_from_key_material_is_pinned()
    {
        using var user = UserKeys.Derive(AppKey, Material);

        Assert.Equal("09a7884cf4c96c31a93b1b902e09aa7ea22aedb0d1f2f4e7a90c0c0e59c958ff", Convert.ToHexStringLower(user.Root.PublicKey));
        Assert.Equal("d57b550e487dc25002a68316a228ec8f0feac5cf6208d2a0af394f9da162326e", Convert.ToHexStringLower(user.MeetingPublicKey));
        Assert.Equal("4008a43928f7de9266e43094d256852e697b71d5dcbadb0a4e151f81fc3b70cd", Convert.ToHexStringLower(user.DatabaseKey.Span));
        Assert.Equal("c2144c302068ec4d51f130d91f43e343", Convert.ToHexStringLower(user.PrivateRoom.ToByteArray()));
        Assert.Equal("a760d67564249093cf317517915e1547", Convert.ToHexStringLower(user.ProfileRoom.ToByteArray()));
        Assert.Equal("00f012a7690a759f80631e40e800ecb0", user.FileName);
        Assert.Equal(new VerifyingKey(user.Root.PublicKey), user.VerifyingKey);
    }

    [Fact]
    public void Another_application_is_another_user()
    {
        using var first = UserKeys.Derive(AppKey, Material);
        using var second = UserKeys.Derive("example.com/chats", Material);

        Assert.NotEqual(first.VerifyingKey, second.VerifyingKey);
        Assert.NotEqual(first.FileName, second.FileName);
        Assert.NotEqual(first.PrivateRoom, second.PrivateRoom);
        Assert.False(first.DatabaseKey.FixedTimeEquals(second.DatabaseKey.Span));
    }

    [Fact]
    public void Disposed_user_keys_cannot_be_used()
    {
        var user = UserKeys.Derive(AppKey, Material);
        user.Dispose();

        Assert.Throws<ObjectDisposedException>(() => user.DatabaseKey.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => user.Root.Sign([1], new byte[64]));
    }

    [Fact]
    public void Device_keys_survive_being_stored()
    {
        using var device = DeviceKeys.Generate(new SeededRandomSource(3));
        byte[] seeds = new byte[DeviceKeys.SeedsSizeBytes];
        device.CopySeeds(seeds);
        using var restored = DeviceKeys.FromSeeds(seeds);

        Assert.Equal(device.Device, restored.Device);
        Assert.Equal(device.Sign.PublicKey.ToArray(), restored.Sign.PublicKey.ToArray());
        Assert.Equal(device.Auth.PublicKey.ToArray(), restored.Auth.PublicKey.ToArray());
        Assert.NotEqual(device.Sign.PublicKey.ToArray(), device.Auth.PublicKey.ToArray());
    }

    [Fact]
    public void A_certificate_is_pinned_byte_for_byte()
    {
        using var user = UserKeys.Derive(AppKey, Material);
        using var device = DeviceKeys.FromSeeds(Seeds);
        DeviceCertificate certificate = DeviceCertificate.Create(user, device, "laptop \u00e9", Time);

        Assert.Equal("c5858e628469e13173a83e8350413477", Convert.ToHexStringLower(device.Device.ToByteArray()));
        Assert.Equal("0109a7884cf4c96c31a93b1b902e09aa7ea22aedb0d1f2f4e7a90c0c0e59c958ff0bbc346a57667c380120bd9c7fd7e51d2c5fdfea37cd2f5bf405b2c6bf6f2d788befe61c3095da4d71f14befe220ff9a76e0c5b5d046204ee3d70761aae839fcd57b550e487dc25002a68316a228ec8f0feac5cf6208d2a0af394f9da162326e096c6170746f7020c3a9050000a8da769b01fe6901a2d96f599750cc68eae1fdde64e8a5e71b56e79f0aa7d3a3e94c701ab1b1bcb6609b1e961c743e56765d3bb64479f7b14a9aa3aea71b941c8933ec10061ad761b4e74a80c8fdd0ae68ad7c3bdf8f2a7d52c7f08d540ad5390fbf329daccbdc2ecc2c11056d6d98a2457a25fa0f809a0b34c0a3bd5df633adce7d697505c2dc75d43976745a60440aef4f7c341b9b061176e37cba2043c1ab536d4038410f222dc16be0cf432a1c6ecc3d030fb7c760b19ec196f56b58c16ace37e6f10a", Convert.ToHexStringLower(certificate.Encoded.Span));
        Assert.Equal("724ccef046cdeb69f2e3ce66d483bdf2c734761c6423f25dd049d17ef10f8d90", Convert.ToHexStringLower(certificate.Hash.ToByteArray()));
    }

    [Fact]
    public void A_certificate_decodes_to_what_was_encoded_and_verifies()
    {
        using var user = UserKeys.Derive(AppKey, Material);
        using var device = DeviceKeys.FromSeeds(Seeds);
        DeviceCertificate created = DeviceCertificate.Create(user, device, "laptop", Time);

        Assert.True(DeviceCertificate.TryDecode(created.Encoded.Span, out DeviceCertificate? decoded));
        Assert.True(decoded.Verify());
        Assert.Equal(user.VerifyingKey, decoded.Root);
        Assert.Equal(device.Device, decoded.Device);
        Assert.Equal(device.Sign.PublicKey.ToArray(), decoded.SignKey.ToArray());
        Assert.Equal(device.Auth.PublicKey.ToArray(), decoded.AuthKey.ToArray());
        Assert.Equal(user.MeetingPublicKey.ToArray(), decoded.MeetingKey.ToArray());
        Assert.Equal("laptop", decoded.DeviceName);
        Assert.Equal(Time, decoded.Hlc);
        Assert.Equal(created.Hash, decoded.Hash);
    }

    [Fact]
    public void A_certificate_with_any_bit_changed_is_refused()
    {
        using var user = UserKeys.Derive(AppKey, Material);
        using var device = DeviceKeys.FromSeeds(Seeds);
        byte[] encoded = DeviceCertificate.Create(user, device, "laptop", Time).Encoded.ToArray();

        for (int bit = 0; bit < encoded.Length * 8; bit++)
        {
            byte[] changed = [.. encoded];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(DeviceCertificate.TryDecode(changed, out DeviceCertificate? certificate) && certificate.Verify(), $"bit {bit}");
        }
    }

    [Fact]
    public void A_certificate_cut_or_prolonged_anywhere_is_refused()
    {
        using var user = UserKeys.Derive(AppKey, Material);
        using var device = DeviceKeys.FromSeeds(Seeds);
        byte[] encoded = DeviceCertificate.Create(user, device, "", Time).Encoded.ToArray();

        for (int size = 0; size < encoded.Length; size++)
        {
            Assert.False(DeviceCertificate.TryDecode(encoded.AsSpan(0, size), out _));
        }

        Assert.False(DeviceCertificate.TryDecode([.. encoded, 0], out _));
    }

    [Fact]
    public void Nobody_certifies_the_keys_of_another()
    {
        using var user = UserKeys.Derive(AppKey, Material);
        using var thief = UserKeys.Derive(AppKey, KeyMaterial.Generate(new SeededRandomSource(5)));
        using var device = DeviceKeys.FromSeeds(Seeds);
        DeviceCertificate honest = DeviceCertificate.Create(user, device, "laptop", Time);

        // The thief puts their own root into the honest certificate and signs as root; they cannot sign for the device.
        byte[] forged = honest.Encoded.ToArray();
        int bodySize = forged.Length - (3 * 64);
        thief.Root.PublicKey.CopyTo(forged.AsSpan(1));
        DomainSignature.Sign(thief.Root, SignedKind.Certificate, forged.AsSpan(0, bodySize), forged.AsSpan(bodySize, 64));

        Assert.True(DeviceCertificate.TryDecode(forged, out DeviceCertificate? certificate));
        Assert.False(certificate.Verify());
    }

    [Fact]
    public void Device_names_are_bounded_text()
    {
        using var user = UserKeys.Derive(AppKey, Material);
        using var device = DeviceKeys.FromSeeds(Seeds);
        string longest = new('x', Limits.DeviceNameSizeBytes);

        Assert.True(DeviceCertificate.TryDecode(DeviceCertificate.Create(user, device, longest, Time).Encoded.Span, out _));
        Assert.Equal(DeviceCertificate.MaxSizeBytes, DeviceCertificate.Create(user, device, longest, Time).Encoded.Length);
        Assert.Throws<ArgumentException>(() => DeviceCertificate.Create(user, device, longest + "x", Time));
        Assert.Throws<ArgumentException>(() => DeviceCertificate.Create(user, device, "a\0b", Time));
    }
}
