using System.Net;
using DiscreetDb.Network.Tests.Contract;
using DiscreetDb.TestKit;

namespace DiscreetDb.Network.Tests.Simulation;

/// <summary>Hosts of a simulated network; the scenario and everything it waits for are events of virtual time.</summary>
internal sealed class SimulatedHarness(SimulatedLink link) : TransportHarness
{
    private byte _nextHost = 1;

    public SimulatedNetwork Network { get; } = new((ulong)SeededRandom.ChooseSeed()) { DefaultLink = link };

    public override int LargeSizeBytes => 4 * 1024 * 1024;

    public override int StreamCount => 2_000;

    public override IPeerTransport CreateTransport(Func<TransportOptions, TransportOptions>? change = null)
    {
        TransportOptions options = Network.CreateOptions();
        return Network.CreateTransport(FindEmptyAddress(), change?.Invoke(options) ?? options);
    }

    public override IPEndPoint FindEmptyAddress() => new(new IPAddress([10, 0, 0, _nextHost++]), 4_000);

    public override IPEndPoint CuttableAddressOf(IPeerTransport transport) => transport.LocalEndPoint;

    public override void CutAll()
    {
        for (byte from = 1; from < _nextHost; from++)
        {
            for (byte to = 1; to < _nextHost; to++)
            {
                Network.Cut(new IPAddress([10, 0, 0, from]), new IPAddress([10, 0, 0, to]));
            }
        }
    }

    public override Task PassAsync(TimeSpan time) => Task.Delay(time, Network.Clock);

    public override Task PassInSilenceAsync(TimeSpan time, IPeerConnection first, IPeerConnection second) => PassAsync(time);

    public override Task RunAsync(Func<Task> scenario)
    {
        // Everything goes on as an event of the network, on this thread.
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Network.RunUntilCompleted(scenario());
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"Failed with seed {Network.Seed}.", failure);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }

        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
