#pragma warning disable CA5398 // Versions are what these tests are about.
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using DiscreetDb.Core;

namespace DiscreetDb.Network.Tests.Tls;

/// <summary>A client that speaks TLS to a transport and writes whatever frames a test wants.</summary>
internal sealed class RawTlsPeer : IAsyncDisposable
{
    private readonly TlsIdentity _identity;
    private readonly Socket _socket;

    private RawTlsPeer(TlsHarness harness, TlsTransport transport, TlsIdentity identity, Socket socket, SslStream stream)
    {
        Harness = harness;
        Transport = transport;
        _identity = identity;
        _socket = socket;
        Stream = stream;
    }

    public TlsHarness Harness { get; }

    /// <summary>What it is connected to.</summary>
    public TlsTransport Transport { get; }

    public SslStream Stream { get; }

    public static async Task<RawTlsPeer> ConnectAsync()
    {
        var harness = new TlsHarness();
        var transport = (TlsTransport)harness.CreateTransport();
        TlsIdentity identity = TlsIdentity.Create(SystemRandom.Instance);
        Socket socket = await ConnectAsync(transport);
        return new RawTlsPeer(harness, transport, identity, socket, await HandshakeAsync(socket, identity, SslProtocols.Tls13, "discreet/1"));
    }

    public static async Task<Socket> ConnectAsync(TlsTransport transport)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(transport.LocalEndPoint);
        return socket;
    }

    public static async Task<SslStream> HandshakeAsync(Socket socket, TlsIdentity? identity, SslProtocols protocol, string application)
    {
        var stream = new SslStream(new NetworkStream(socket));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "",
            ClientCertificateContext = identity?.Context,
            EnabledSslProtocols = protocol,
            ApplicationProtocols = [new SslApplicationProtocol(application)],
#pragma warning disable CA5359 // The peer's certificate is not what these tests are about.
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
        });
        return stream;
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        _socket.Dispose();
        _identity.Dispose();
        await Harness.DisposeAsync();
    }
}
