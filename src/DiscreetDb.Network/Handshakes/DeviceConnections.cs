namespace DiscreetDb.Network;

/// <summary>
/// The one connection to each device. When two devices have dialled each other, both keep the connection that the device with
/// the smaller id dialled; when one of them dialled twice, the later one, because it dialled again for a reason.
/// </summary>
internal sealed class DeviceConnections(Uid ownDevice)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Uid, AuthenticatedPeer> _peers = [];

    public IReadOnlyList<AuthenticatedPeer> Peers
    {
        get
        {
            lock (_gate)
            {
                return [.. _peers.Values];
            }
        }
    }

    public bool IsConnected(Uid device)
    {
        lock (_gate)
        {
            return _peers.ContainsKey(device);
        }
    }

    /// <summary>
    /// Takes the connection in, or not. The caller closes what is superfluous with <see cref="CloseCode.Duplicate" />: the new one
    /// when this answers false, otherwise the one that was replaced, if any.
    /// </summary>
    public bool TryAdd(AuthenticatedPeer peer, out AuthenticatedPeer? replaced)
    {
        lock (_gate)
        {
            bool isFirst = !_peers.TryGetValue(peer.Device, out replaced);
            if (isFirst ? _peers.Count < Limits.ConnectionCount : IsPreferred(peer, replaced!))
            {
                _peers[peer.Device] = peer;
                return true;
            }

            replaced = null;
            return false;
        }
    }

    /// <summary>Takes out a connection that has ended; nothing when another has taken its place.</summary>
    public void Remove(AuthenticatedPeer peer)
    {
        lock (_gate)
        {
            if (_peers.TryGetValue(peer.Device, out AuthenticatedPeer? kept) && ReferenceEquals(kept, peer))
            {
                _peers.Remove(peer.Device);
            }
        }
    }

    private bool IsPreferred(AuthenticatedPeer peer, AuthenticatedPeer kept)
    {
        ConnectionRole role = peer.Connection.Role;
        return role == kept.Connection.Role || (role == ConnectionRole.Dialler) == (ownDevice < peer.Device);
    }
}
