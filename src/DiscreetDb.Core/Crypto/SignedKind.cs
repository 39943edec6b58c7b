namespace DiscreetDb.Core;

/// <summary>What a signature is for; each purpose has its own domain, so no signature can be used for another.</summary>
internal enum SignedKind : byte
{
    Commit,
    Certificate,
    Handshake,
    Announcement,
    Invitation,
}
