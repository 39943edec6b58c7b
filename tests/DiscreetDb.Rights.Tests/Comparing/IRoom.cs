using DiscreetDb.Core;
using DiscreetDb.RightsTests.Histories;
using DiscreetDb.Rooms;

namespace DiscreetDb.RightsTests.Comparing;

/// <summary>The rights of a room, whoever resolved them.</summary>
internal interface IRoom
{
    IEnumerable<Hash256> Heads { get; }

    /// <summary>The last commit of a device's data log that can count, or the zero position.</summary>
    LogPosition EndOf(HistoryUser user, Uid device);

    /// <summary>Whether the data commit is in its device's log, so that it can count if its author had the right.</summary>
    bool IsInLog(DataCommit commit);

    /// <summary>Null if a head of the viewpoint is not known.</summary>
    IRoomView? View(Viewpoint viewpoint);
}
