using Xunit.Abstractions;

namespace DiscreetDb.Network.Lab;

/// <summary>Connections between two machines.</summary>
public sealed class TransportLabTests(ITestOutputHelper output)
{
    [LabFact]
    public async Task A_peer_is_reached_at_whichever_of_its_addresses_works()
    {
        await using LabNetwork network = LabNetwork.Create();
        LabMachine listener = await network.StartAsync(0, "listen 1 2 4001");

        LabMachine dialler = await network.StartAsync(1, "dial 2 1 5000000 10.66.0.99:4001 [fd66::99]:4001 [fd66::1]:4001");

        output.WriteLine(await dialler.WaitForAsync("REACHED [fd66::1]:4001"));
        output.WriteLine(await dialler.WaitForAsync("ECHOED 5000000"));
        Assert.Equal("PEER lab 2", await listener.WaitForAsync("PEER"));
    }

    [LabFact]
    public async Task A_slow_link_carries_what_it_carries()
    {
        await using LabNetwork network = LabNetwork.Create();
        network.LimitRate(20);
        await network.StartAsync(0, "listen 1 2 4001");

        LabMachine dialler = await network.StartAsync(1, "dial 2 1 4000000 10.66.0.1:4001");

        output.WriteLine(await dialler.WaitForAsync("ECHOED 4000000"));
    }

    [LabFact]
    public async Task A_stranger_is_refused()
    {
        await using LabNetwork network = LabNetwork.Create();
        LabMachine listener = await network.StartAsync(0, "listen 1 2 4001");

        LabMachine stranger = await network.StartAsync(1, "dial 3 1 1 10.66.0.1:4001");

        await stranger.WaitForAsync("NOBODY");
        Assert.Equal("REFUSED UnknownPeer", await listener.WaitForAsync("REFUSED"));
    }
}
