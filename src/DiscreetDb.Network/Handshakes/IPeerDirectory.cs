using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>Whom this device may meet; the engine answers from contacts, rooms and invitations. May be called from any thread.</summary>
internal interface IPeerDirectory
{
    /// <summary>
    /// The secrets of everybody who may connect now; the list is not changed once given. Whoever was disabled is not in it.
    /// </summary>
    IReadOnlyList<PeerSecret> Secrets { get; }

    /// <summary>Whether to go on with a device that has proved who it is: false for one that was revoked.</summary>
    bool Admits(DeviceCertificate certificate, PeerSecret secret);
}
