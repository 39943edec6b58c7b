using DiscreetDb.Network.Tests.Contract;

namespace DiscreetDb.Network.Tests.Simulation;

/// <summary>The contract where packets are lost, late and out of order.</summary>
public sealed class RoughNetworkTests : TransportContract
{
    internal override TransportHarness CreateHarness() =>
        new SimulatedHarness(new SimulatedLink { DelayMs = 10, JitterMs = 40, Loss = 0.05 });
}
