namespace DiscreetDb.Network;

/// <summary>What two devices share that lets them find and know each other.</summary>
internal enum PeerSecretKind
{
    /// <summary>The meeting keys of two users.</summary>
    Pair,

    /// <summary>The meeting key of the one user both belong to.</summary>
    OwnDevices,

    /// <summary>An invitation that one has given to the other.</summary>
    Invitation,
}
