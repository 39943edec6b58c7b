using System.Diagnostics.CodeAnalysis;

namespace DiscreetDb.Network;

/// <summary>Ends a handshake from the middle of it; never leaves <see cref="Handshake" />.</summary>
[SuppressMessage("Design", "CA1064", Justification = "Never leaves the class that throws it.")]
internal sealed class HandshakeRefusal(HandshakeFault fault) : Exception(fault.ToString())
{
    public HandshakeFault Fault { get; } = fault;
}
