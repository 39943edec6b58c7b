using System.Collections.Immutable;

namespace DiscreetDb.RightsTests.Histories;

/// <summary>Somebody who writes, or is written about: A with the devices a1, a2, …</summary>
internal sealed record HistoryUser(string Name, VerifyingKey Key, ImmutableArray<Uid> Devices);
