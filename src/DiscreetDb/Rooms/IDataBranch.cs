using DiscreetDb.Core;

namespace DiscreetDb.Rooms;

/// <summary>One way the data log of a device goes on, as far as it is known here: a commit and everything that leads to it.</summary>
internal interface IDataBranch
{
    /// <summary>Whether its commit with this sequence has this id. Sequence 0 has the zero id.</summary>
    bool Holds(long sequence, Hash256 commit);
}
