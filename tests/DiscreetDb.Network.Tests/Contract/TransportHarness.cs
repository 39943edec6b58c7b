using System.Net;

namespace DiscreetDb.Network.Tests.Contract;

/// <summary>What a contract test needs of a kind of transport, and how its time passes.</summary>
internal abstract class TransportHarness : IAsyncDisposable
{
    /// <summary>Size of the large transfer: real transports take the real one.</summary>
    public abstract int LargeSizeBytes { get; }

    public abstract int StreamCount { get; }

    /// <summary>Another host each time.</summary>
    public abstract IPeerTransport CreateTransport(Func<TransportOptions, TransportOptions>? change = null);

    /// <summary>An address where nobody listens.</summary>
    public abstract IPEndPoint FindEmptyAddress();

    /// <summary>An address of the transport over a way that <see cref="CutAll" /> cuts without telling anybody.</summary>
    public abstract IPEndPoint CuttableAddressOf(IPeerTransport transport);

    public abstract void CutAll();

    /// <summary>Time passes; whatever is due happens.</summary>
    public abstract Task PassAsync(TimeSpan time);

    /// <summary>Time passes on two connected ends that have nothing to say; they get the chance to show that they are there.</summary>
    public abstract Task PassInSilenceAsync(TimeSpan time, IPeerConnection first, IPeerConnection second);

    /// <summary>Runs a scenario to its end.</summary>
    public abstract Task RunAsync(Func<Task> scenario);

    public async Task<ConnectionPair> ConnectAsync(IPeerTransport dialler, IPeerTransport listener, IPEndPoint? address = null)
    {
        Task<IPeerConnection?> accepting = listener.AcceptAsync().AsTask();
        IPeerConnection dialled = await dialler.DialAsync(new DialTarget(address ?? listener.LocalEndPoint));
        IPeerConnection accepted = await accepting ?? throw new InvalidOperationException("The listener was closed.");
        return new ConnectionPair(dialled, accepted);
    }

    /// <summary>Two hosts and a connection between them, admitted on both sides.</summary>
    public async Task<ConnectionPair> ConnectAsync(Func<TransportOptions, TransportOptions>? change = null)
    {
        IPeerTransport dialler = CreateTransport(change);
        IPeerTransport listener = CreateTransport(change);
        ConnectionPair pair = await ConnectAsync(dialler, listener);
        pair.Admit();
        return pair;
    }

    public abstract ValueTask DisposeAsync();
}
