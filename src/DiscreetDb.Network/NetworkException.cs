namespace DiscreetDb.Network;

/// <summary>A failure of the network. Internal to the engine: users see events and <see cref="DiscreetException" />.</summary>
#pragma warning disable CA1064 // Whoever is outside the assembly never sees it.
internal sealed class NetworkException(NetworkFault fault, string message, long code = 0, Exception? innerException = null)
    : Exception(message, innerException)
#pragma warning restore CA1064
{
    public NetworkFault Fault { get; } = fault;

    /// <summary>Of a close or an abort; 0 otherwise.</summary>
    public long Code { get; } = code;

    public static NetworkException Of(ConnectionEnd end) => new(
        end.Reason is ConnectionEndReason.Lost or ConnectionEndReason.TimedOut ? NetworkFault.ConnectionLost : NetworkFault.ConnectionClosed,
        $"The connection has ended: {end.Reason}, code {end.Code}.",
        (long)end.Code);

    public static NetworkException Aborted(long code) =>
        new(NetworkFault.StreamAborted, $"The stream was aborted with code {code}.", code);
}
