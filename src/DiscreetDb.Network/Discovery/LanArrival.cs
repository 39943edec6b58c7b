using System.Net;

namespace DiscreetDb.Network;

/// <summary>A packet that came over the local network.</summary>
/// <param name="Source">Where it says it comes from.</param>
/// <param name="Local">The own address on the interface it came in on.</param>
/// <param name="Bytes">The packet.</param>
internal sealed record LanArrival(IPEndPoint Source, IPAddress Local, ReadOnlyMemory<byte> Bytes);
