namespace DiscreetDb.Log;

/// <summary>What became of commits that were written again: by which device, and the new ids of rows by their old ones.</summary>
internal sealed record DeviceReplacement(Uid Device, IReadOnlyDictionary<Uid, Uid> Ids);
