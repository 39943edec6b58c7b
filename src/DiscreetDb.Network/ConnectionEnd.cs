namespace DiscreetDb.Network;

/// <summary>How a connection ended.</summary>
/// <param name="Reason">What happened.</param>
/// <param name="Code">The code one end gave; <see cref="CloseCode.Closed" /> where none was given.</param>
internal readonly record struct ConnectionEnd(ConnectionEndReason Reason, CloseCode Code = CloseCode.Closed);
