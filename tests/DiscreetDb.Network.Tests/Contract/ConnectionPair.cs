namespace DiscreetDb.Network.Tests.Contract;

/// <summary>Both ends of a connection.</summary>
internal sealed record ConnectionPair(IPeerConnection Dialler, IPeerConnection Listener)
{
    public void Admit()
    {
        Dialler.Admit();
        Listener.Admit();
    }

    /// <summary>A stream the dialler opens; its first byte makes it known and is read again.</summary>
    public async Task<(IPeerStream Opened, IPeerStream Accepted)> OpenStreamAsync()
    {
        IPeerStream opened = await Dialler.OpenStreamAsync();
        await opened.WriteAsync(new byte[1]);
        IPeerStream accepted = await Listener.AcceptStreamAsync() ?? throw new InvalidOperationException("The connection has ended.");
        Assert.Equal(1, await accepted.ReadAsync(new byte[1]));
        return (opened, accepted);
    }
}
