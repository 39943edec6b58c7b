using System.Text;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// Every entity and field the log ever named, numbered (<c>$field</c>; an entity itself has the empty field). A name that
/// is not here has no value in any commit, so a new field of that name needs no look into the log.
/// </summary>
internal sealed class FieldTable(Connection connection)
{
    private readonly Dictionary<(string Entity, string Field), int> _numbers = [];

    /// <summary>The number, or null when the log never named it.</summary>
    public int? Find(string entity, string field)
    {
        if (_numbers.TryGetValue((entity, field), out int no))
        {
            return no;
        }

        using Statement statement = connection.Prepare("SELECT no FROM \"$field\" WHERE entity = ?1 AND field = ?2");
        statement.BindText(1, entity);
        statement.BindText(2, field);
        if (!statement.Step())
        {
            return null;
        }

        no = (int)statement.GetInt64(0);
        _numbers.Add((entity, field), no);
        return no;
    }

    /// <summary>The number, given now if there is none.</summary>
    public int Intern(WriteTransaction transaction, string entity, string field = "")
    {
        if (Find(entity, field) is { } known)
        {
            return known;
        }

        using Statement statement = connection.Prepare("INSERT INTO \"$field\" (entity, field) VALUES (?1, ?2) RETURNING no");
        statement.BindText(1, entity);
        statement.BindText(2, field);
        statement.Step();
        int no = (int)statement.GetInt64(0);
        _numbers.Add((entity, field), no);
        transaction.OnRollback(() => _numbers.Remove((entity, field)));
        return no;
    }

    /// <summary>Numbers every entity and field a commit names, before it is stored.</summary>
    public void InternNames(WriteTransaction transaction, CommitBody body)
    {
        HashSet<(int Entity, int Field)> seen = [];
        foreach (ref readonly Operation operation in body.Operations)
        {
            string entity = body.EntityOf(operation);
            if (seen.Add((operation.EntityName, -1)))
            {
                Intern(transaction, entity);
            }

            if (body.TryReadLink(operation, out string? links, out _))
            {
                Intern(transaction, entity, links);
                continue;
            }

            FieldValueReader reader = body.ReadValues(operation);
            while (reader.TryRead(out int name, out _))
            {
                if (seen.Add((operation.EntityName, name)))
                {
                    Intern(transaction, entity, body.Names[name]);
                }
            }
        }
    }

    /// <summary>The names behind a number.</summary>
    public (string Entity, string Field) NameOf(int no)
    {
        using Statement statement = connection.Prepare("SELECT entity, field FROM \"$field\" WHERE no = ?1");
        statement.Bind(1, no);
        return statement.Step()
            ? (Encoding.UTF8.GetString(statement.GetText(0)), Encoding.UTF8.GetString(statement.GetText(1)))
            : throw new DiscreetException(ErrorCode.DatabaseCorrupt, $"The database names field number {no}, which it does not hold.");
    }
}
