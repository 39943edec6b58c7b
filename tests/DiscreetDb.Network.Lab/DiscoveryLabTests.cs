using Xunit.Abstractions;

namespace DiscreetDb.Network.Lab;

/// <summary>LAN discovery over real interfaces. How long it took stands in the output of each test.</summary>
public sealed class DiscoveryLabTests(ITestOutputHelper output)
{
    [LabFact]
    public async Task Two_machines_find_each_other_over_both_families()
    {
        await using LabNetwork network = LabNetwork.Create();
        LabMachine first = await network.StartAsync(0, "discover 1 2 4001");
        LabMachine second = await network.StartAsync(1, "discover 2 1 4002");

        string[] ofSecond = [await first.WaitForAsync("FOUND"), await first.WaitForAsync("FOUND")];
        string[] ofFirst = [await second.WaitForAsync("FOUND"), await second.WaitForAsync("FOUND")];

        Array.ForEach([.. ofSecond, .. ofFirst], output.WriteLine);
        Assert.Contains(ofSecond, line => line.Contains("10.66.0.2:4002", StringComparison.Ordinal));
        Assert.Contains(ofSecond, line => line.Contains("[fe80::", StringComparison.Ordinal) && line.Contains("]:4002", StringComparison.Ordinal));
        Assert.Contains(ofFirst, line => line.Contains("10.66.0.1:4001", StringComparison.Ordinal));
        Assert.Contains(ofFirst, line => line.Contains("[fe80::", StringComparison.Ordinal) && line.Contains("]:4001", StringComparison.Ordinal));
    }

    [LabFact]
    public async Task A_machine_that_gets_another_address_is_found_there()
    {
        await using LabNetwork network = LabNetwork.Create();
        LabMachine first = await network.StartAsync(0, "discover 1 2 4001");
        LabMachine second = await network.StartAsync(1, "discover 2 1 4002");
        await first.WaitForAsync("FOUND 10.66.0.2:4002");
        await second.WaitForAsync("FOUND 10.66.0.1:4001");

        network.Ip(1, "addr del 10.66.0.2/24 dev eth0");
        network.Ip(1, "addr add 10.66.0.77/24 dev eth0");

        output.WriteLine(await first.WaitForAsync("FOUND 10.66.0.77:4002"));
    }

    [LabFact]
    public async Task Nothing_is_sent_where_discovery_is_not_started()
    {
        await using LabNetwork network = LabNetwork.Create();
        await network.StartAsync(0, "listen 1 2 4001");
        LabMachine overhearing = await network.StartAsync(1, "overhear 1");
        LabMachine dialler = await network.StartAsync(1, "dial 2 1 100000 10.66.0.1:4001");
        await dialler.WaitForAsync("ECHOED 100000");

        // The first packet to everybody is that of somebody who has started it.
        await network.StartAsync(0, "discover 3 4 4003");

        output.WriteLine(await overhearing.WaitForAsync("HEARD"));
    }
}
