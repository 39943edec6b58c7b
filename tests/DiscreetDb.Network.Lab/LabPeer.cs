using DiscreetDb.Core;

namespace DiscreetDb.Network.Lab;

/// <summary>A device of a numbered user, who may meet one other.</summary>
internal sealed class LabPeer : IPeerDirectory
{
    private const string AppKey = "example.com/lab";

    private readonly PeerSecret _secret;

    public LabPeer(byte self, byte other)
    {
        UserKeys user = Derive(self);
        UserKeys peer = Derive(other);
        DeviceKeys device = DeviceKeys.Generate(SystemRandom.Instance);
        _secret = PeerSecret.OfPair(user, peer.VerifyingKey, peer.MeetingPublicKey, AppKey)!;
        Options = new HandshakeOptions
        {
            Certificate = DeviceCertificate.Create(user, device, $"lab {self}", Hlc.Zero),
            AuthKey = device.Auth,
            Directory = this,
            Random = SystemRandom.Instance,
        };
    }

    public HandshakeOptions Options { get; }

    public IReadOnlyList<PeerSecret> Secrets => [_secret];

    public bool Admits(DeviceCertificate certificate, PeerSecret secret) => true;

    private static UserKeys Derive(byte user) => UserKeys.Derive(AppKey, [.. Enumerable.Repeat(user, KeyMaterial.SizeBytes)]);
}
