using System.Net;
using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>Whom to dial.</summary>
/// <param name="EndPoint">Address and port.</param>
/// <param name="CertificateHash">The only certificate that is taken, where it is known beforehand; otherwise any.</param>
internal sealed record DialTarget(IPEndPoint EndPoint, Hash256? CertificateHash = null);
