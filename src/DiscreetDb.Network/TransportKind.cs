namespace DiscreetDb.Network;

/// <summary>What carries a connection.</summary>
internal enum TransportKind
{
    /// <summary>TLS 1.3 over TCP, streams multiplexed.</summary>
    Tls,

    /// <summary>QUIC over UDP.</summary>
    Quic,

    /// <summary>Packets of a seeded network in virtual time.</summary>
    Simulated,
}
