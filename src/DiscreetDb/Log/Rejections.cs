using DiscreetDb.Core;
using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// Writes down what was refused or does not count, as rows of <c>sys.Rejection</c>: for each device of a room the first commit of
/// each reason. They are local, and so few that peers cannot fill the log of this device with them (I10).
/// </summary>
internal sealed class Rejections(CommitLog log)
{
    private readonly List<(Uid Room, Uid Device, long Sequence, CommitFault Fault)> _new = [];
    private HashSet<(Uid Room, Uid Device, CommitFault Fault)>? _known;

    /// <summary>Notes a commit; <see cref="Write" /> writes it down.</summary>
    public void Add(WriteTransaction transaction, Uid room, Uid device, long sequence, CommitFault fault)
    {
        if ((_known ??= Read()).Count < Limits.RejectionCount && _known.Add((room, device, fault)))
        {
            _new.Add((room, device, sequence, fault));
            transaction.OnRollback(Forget);
        }
    }

    /// <summary>Writes down what was noted, in the same transaction.</summary>
    public void Write(WriteTransaction transaction)
    {
        if (_new.Count == 0)
        {
            return;
        }

        Entity entity = log.Model.FindCanonical("sys.Rejection") ?? throw new InvalidOperationException("Every model holds sys.Rejection.");
        CommitBatch batch = log.Begin(transaction);
        foreach ((Uid room, Uid device, long sequence, CommitFault fault) in _new)
        {
            batch.Insert(entity, null, [
                new FieldAssignment(entity.FindField("room")!, Value.Bytes(room.ToByteArray())),
                new FieldAssignment(entity.FindField("device")!, Value.Bytes(device.ToByteArray())),
                new FieldAssignment(entity.FindField("seq")!, Value.Integer(sequence)),
                new FieldAssignment(entity.FindField("reason")!, Value.Text(fault.ToString())),
            ]);
        }

        _new.Clear();
        batch.Complete();
    }

    private void Forget()
    {
        _new.Clear();
        _known = null;
    }

    private HashSet<(Uid Room, Uid Device, CommitFault Fault)> Read()
    {
        HashSet<(Uid, Uid, CommitFault)> known = [];
        Entity entity = log.Model.FindCanonical("sys.Rejection") ?? throw new InvalidOperationException("Every model holds sys.Rejection.");
        using Statement statement = log.Store.Connection.Prepare(
            $"SELECT {Column(entity, "room")}, {Column(entity, "device")}, {Column(entity, "reason")} FROM {Sql.Quote(entity.TableName)} LIMIT {Limits.RejectionCount}");
        while (statement.Step())
        {
            if (Enum.TryParse(System.Text.Encoding.UTF8.GetString(statement.GetText(2)), out CommitFault fault))
            {
                known.Add((statement.GetUid(0), statement.GetUid(1), fault));
            }
        }

        return known;
    }

    private static string Column(Entity entity, string field) => Sql.Quote(entity.FindField(field)!.ColumnName);
}
