using System.Net;

namespace DiscreetDb.Network;

/// <summary>Somebody who shares a secret says that they listen there. The handshake shows whether it is true.</summary>
internal sealed record LanSighting(PeerSecret Secret, IPEndPoint EndPoint);
