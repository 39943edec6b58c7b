using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace DiscreetDb.Network;

/// <summary>The real local networks: every interface that is up, can multicast and is selected, with IPv4 and link-local IPv6.</summary>
internal sealed class UdpLan : ILanNetwork, IDisposable
{
    /// <summary>In the range nobody registers.</summary>
    public const int Port = 51_317;

    /// <summary>Administratively scoped: routers do not pass it on (RFC 2365).</summary>
    public static readonly IPAddress GroupV4 = new([239, 255, 211, 92]);

    /// <summary>Transient and link-local (RFC 4291 §2.7).</summary>
    public static readonly IPAddress GroupV6 = IPAddress.Parse("ff12::d15c:4ee7");

    private readonly LanOptions _options;

    public UdpLan(LanOptions options)
    {
        _options = options;
        NetworkChange.NetworkAddressChanged += OnAddressChanged;
    }

    public event Action? Changed;

    public ILanPort Open() => new UdpLanPort(FindInterfaces(), _options.Wakes);

    public void Dispose() => NetworkChange.NetworkAddressChanged -= OnAddressChanged;

    private List<LanInterface> FindInterfaces()
    {
        List<LanInterface> interfaces = [];
        try
        {
            foreach (NetworkInterface candidate in NetworkInterface.GetAllNetworkInterfaces())
            {
                if (candidate.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown && candidate.SupportsMulticast && _options.UsesInterface(candidate))
                {
                    AddAddresses(interfaces, candidate);
                }
            }
        }
        catch (NetworkInformationException)
        {
            // An interface went away while it was looked at; its going is a change, after which this is done again.
        }

        return interfaces;
    }

    private static void AddAddresses(List<LanInterface> interfaces, NetworkInterface networkInterface)
    {
        IPInterfaceProperties properties = networkInterface.GetIPProperties();
        IPAddress[] addresses = [.. properties.UnicastAddresses.Select(a => a.Address)];
        if (networkInterface.Supports(NetworkInterfaceComponent.IPv4) && addresses.FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork) is { } v4)
        {
            interfaces.Add(new LanInterface(properties.GetIPv4Properties().Index, v4));
        }

        if (networkInterface.Supports(NetworkInterfaceComponent.IPv6) && addresses.FirstOrDefault(a => a.IsIPv6LinkLocal) is { } v6)
        {
            interfaces.Add(new LanInterface(properties.GetIPv6Properties().Index, v6));
        }
    }

    private void OnAddressChanged(object? sender, EventArgs e) => Changed?.Invoke();
}
