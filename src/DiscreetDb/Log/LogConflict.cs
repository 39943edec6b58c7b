namespace DiscreetDb.Log;

/// <summary>
/// What peers hold of a log of this user that this database continued otherwise: both agree up to these sequences.
/// </summary>
/// <param name="Room">The room of the logs; not that of local rows, which nobody else knows.</param>
/// <param name="Device">Whose logs they are: the device of this database, or one it was.</param>
/// <param name="SharedData">The last commit of the data log that both have; 0 for none.</param>
/// <param name="SharedRights">
/// The last commit of the rights log that both have; 0 for none. No shared data commit names one behind it: whoever has a data
/// commit has its rights heads.
/// </param>
internal readonly record struct LogConflict(Uid Room, Uid Device, long SharedData, long SharedRights);
