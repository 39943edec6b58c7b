using System.Text;
using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>Who this device is, towards its peers.</summary>
internal sealed record HandshakeOptions
{
    public required DeviceCertificate Certificate { get; init; }

    /// <summary>The key the certificate names for handshakes.</summary>
    public required SigningKey AuthKey { get; init; }

    public required IPeerDirectory Directory { get; init; }

    public required IRandomSource Random { get; init; }

    /// <summary>A secret of the application that keeps its networks apart; empty: none.</summary>
    public string NetworkId { get; init; } = "";

    /// <summary>What this device can do beyond the version; bits are given out in schema/wire.md.</summary>
    public ulong Features { get; init; }

    /// <summary>Key of the tags that say which network this is.</summary>
    public byte[] DeriveNetworkKey()
    {
        byte[] key = new byte[Blake3.KeySizeBytes];
        Blake3.DeriveKey("discreet v1 network", Encoding.UTF8.GetBytes(NetworkId), key);
        return key;
    }
}
