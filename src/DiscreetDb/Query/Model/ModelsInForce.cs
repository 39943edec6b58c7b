using DiscreetDb.Storage;

namespace DiscreetDb.Query.Model;

/// <summary>
/// The model of an open database, and, while updates are becoming durable, its successors: a snapshot sees the tables of one
/// of them, and says of which by the version stored in it. May be used from any thread.
/// </summary>
internal sealed class ModelsInForce(DataModel current)
{
    private readonly Lock _gate = new();
    private volatile DataModel _current = current;
    private volatile DataModel[] _announced = [];

    /// <summary>The newest model known to be durable.</summary>
    public DataModel Current => _current;

    /// <summary>Makes a model known before a snapshot can show it.</summary>
    public void Announce(DataModel next)
    {
        lock (_gate)
        {
            _announced = [.. _announced, next];
        }
    }

    /// <summary>The update was taken back.</summary>
    public void Withdraw(DataModel next)
    {
        lock (_gate)
        {
            _announced = Array.FindAll(_announced, other => !ReferenceEquals(other, next));
        }
    }

    /// <summary>The update is durable. Updates may be adopted in any order; the newest stays.</summary>
    public void Adopt(DataModel next)
    {
        lock (_gate)
        {
            if (next.Version > _current.Version)
            {
                _current = next;
                _announced = Array.FindAll(_announced, other => other.Version > next.Version);
            }
        }
    }

    /// <summary>The model a snapshot shows; null where it is older than the current one: take a newer snapshot.</summary>
    public DataModel? Of(Connection snapshot)
    {
        using Statement statement = snapshot.Prepare("""SELECT "value" FROM "$meta" WHERE "key" = 'model version'""");
        long version = statement.Step() ? statement.GetInt64(0) : 0;

        // In this order: adopting makes a model current before it takes it from the announced ones.
        DataModel[] announced = _announced;
        DataModel current = _current;
        return current.Version == version ? current : Array.Find(announced, next => next.Version == version);
    }
}
