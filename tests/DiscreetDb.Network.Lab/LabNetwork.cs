using System.Diagnostics;

namespace DiscreetDb.Network.Lab;

/// <summary>
/// Two network namespaces of this machine joined by a pair of virtual interfaces, <c>eth0</c> in each: 10.66.0.1 and fd66::1 in the
/// first, 10.66.0.2 and fd66::2 in the second. What is sent in them stays in them; disposing removes them.
/// </summary>
internal sealed class LabNetwork : IAsyncDisposable
{
    private static int _count;

    private readonly string[] _namespaces = [NewName("a"), NewName("b")];
    private readonly List<LabMachine> _machines = [];

    private LabNetwork()
    {
    }

    /// <summary>Why there can be no lab here; null when there can.</summary>
    public static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            return "network namespaces need Linux and root";
        }

        string name = NewName("t");
        try
        {
            if (Run("ip", $"netns add {name}") != 0)
            {
                return "network namespaces cannot be made here";
            }

            Run("ip", $"netns del {name}");
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "`ip` (package iproute2) is not installed";
        }
    }

    public static LabNetwork Create()
    {
        var network = new LabNetwork();
        (string a, string b) = (network._namespaces[0], network._namespaces[1]);
        Must($"netns add {a}");
        Must($"netns add {b}");
        Must($"link add eth0 netns {a} type veth peer name eth0 netns {b}");
        for (int i = 0; i < 2; i++)
        {
            string name = network._namespaces[i];
            Must($"-n {name} link set lo up");

            // Without duplicate address detection addresses are usable at once.
            Must($"netns exec {name} sh -c", "echo 0 > /proc/sys/net/ipv6/conf/eth0/accept_dad");
            Must($"-n {name} link set eth0 up");
            Must($"-n {name} addr add 10.66.0.{i + 1}/24 dev eth0");
            Must($"-n {name} -6 addr add fd66::{i + 1}/64 dev eth0 nodad");
        }

        return network;
    }

    /// <summary>`ip` on one of the two machines.</summary>
    public void Ip(int machine, string arguments) => Must($"-n {_namespaces[machine]} {arguments}");

    /// <summary>So many megabits a second from each to the other.</summary>
    public void LimitRate(int megabits)
    {
        foreach (string name in _namespaces)
        {
            Assert.Equal(0, Run("tc", $"-n {name} qdisc add dev eth0 root tbf rate {megabits}mbit burst 64kb latency 60ms"));
        }
    }

    /// <summary>Starts this program on one of the two machines, in a role; waits until it is ready where it says so.</summary>
    public async Task<LabMachine> StartAsync(int machine, string role)
    {
        var started = new LabMachine(_namespaces[machine], role);
        _machines.Add(started);
        if (!role.StartsWith("dial", StringComparison.Ordinal))
        {
            await started.WaitForAsync("READY");
        }

        return started;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (LabMachine machine in _machines)
        {
            await machine.DisposeAsync();
        }

        foreach (string name in _namespaces)
        {
            Run("ip", $"netns del {name}");
        }
    }

    private static string NewName(string suffix) => $"discreet{Environment.ProcessId}x{Interlocked.Increment(ref _count)}{suffix}";

    private static void Must(string arguments, string? last = null)
    {
        int code = Run("ip", arguments, last);
        Assert.True(code == 0, $"ip {arguments} {last}: {code}");
    }

    private static int Run(string program, string arguments, string? last = null)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in arguments.Split(' '))
        {
            start.ArgumentList.Add(argument);
        }

        if (last is not null)
        {
            start.ArgumentList.Add(last);
        }

        using Process process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
