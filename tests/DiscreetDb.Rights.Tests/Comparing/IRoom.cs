using DiscreetDb.Core;
using DiscreetDb.RightsTests.Histories;

namespace DiscreetDb.RightsTests.Comparing;

/// <summary>The rights of a room, whoever resolved them.</summary>
internal interface IRoom
{
    IEnumerable<Hash256> Heads { get; }

    /// <summary>Null if a head of the viewpoint is not known.</summary>
    IRoomView? View(Viewpoint viewpoint);
}
