using System.Net;

namespace DiscreetDb.Network;

/// <summary>An own address on an interface of this machine.</summary>
internal sealed record LanInterface(int Index, IPAddress Address);
