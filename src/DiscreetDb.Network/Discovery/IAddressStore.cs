using System.Net;

namespace DiscreetDb.Network;

/// <summary>Where an address book is kept from one run to the next: the engine stores it in the private room.</summary>
internal interface IAddressStore
{
    /// <summary>Each device and its addresses, best first.</summary>
    IEnumerable<(Uid Device, IReadOnlyList<IPEndPoint> Addresses)> Load();

    /// <summary>Called when the addresses of a device, or their order, changed; must not block.</summary>
    void Save(Uid device, IReadOnlyList<IPEndPoint> addresses);
}
