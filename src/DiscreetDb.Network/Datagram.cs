using System.Net;

namespace DiscreetDb.Network;

/// <summary>A datagram that came, and from where it says it came: nobody has proved that.</summary>
internal sealed record Datagram(IPEndPoint Source, ReadOnlyMemory<byte> Bytes);
