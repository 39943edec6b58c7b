using DiscreetDb.Core;
using DiscreetDb.Rooms;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>Evidence that devices signed one sequence twice (<c>$fork</c>): of each data log one pair of headers.</summary>
internal sealed class ForkTable(Connection connection)
{
    /// <summary>The fork of a log that is known; null for none.</summary>
    public LogFork? Find(DeviceLog log)
    {
        using Statement statement = connection.Prepare("SELECT seq, previous FROM \"$fork\" WHERE log = ?1");
        statement.Bind(1, log.No);
        return statement.Step() ? new LogFork(statement.GetInt64(0), new Hash256(statement.GetBlob(1))) : null;
    }

    /// <summary>The evidence of it, to be passed on (<see cref="ForkEvidence" />).</summary>
    public ReadOnlyMemory<byte>? FindEvidence(DeviceLog log)
    {
        using Statement statement = connection.Prepare("SELECT evidence FROM \"$fork\" WHERE log = ?1");
        statement.Bind(1, log.No);
        return statement.Step() ? statement.GetBlob(0).ToArray() : null;
    }

    /// <summary>Keeps a pair in place of the one that was.</summary>
    public void Put(DeviceLog log, ForkEvidence evidence)
    {
        using Statement statement = connection.Prepare("REPLACE INTO \"$fork\" (log, seq, previous, evidence) VALUES (?1, ?2, ?3, ?4)");
        statement.Bind(1, log.No);
        statement.Bind(2, evidence.Fork.Sequence);
        statement.BindBlob(3, evidence.Fork.Previous.ToByteArray());
        statement.BindBlob(4, evidence.Encode());
        statement.Run();
    }
}
