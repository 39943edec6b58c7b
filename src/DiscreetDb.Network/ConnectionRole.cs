namespace DiscreetDb.Network;

/// <summary>Which end of a connection this is. The numbers are signed in handshakes.</summary>
internal enum ConnectionRole : byte
{
    Dialler = 1,
    Listener = 2,
}
