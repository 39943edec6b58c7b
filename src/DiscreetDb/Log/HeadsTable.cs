using DiscreetDb.Core;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>Sets of rights heads, numbered (<c>$heads</c>): commits of a time share one. Number 0 is the empty set.</summary>
internal sealed class HeadsTable(Connection connection)
{
    private readonly Dictionary<int, Hash256[]> _known = new() { [0] = [] };

    public ReadOnlyMemory<Hash256> Get(int no)
    {
        if (_known.TryGetValue(no, out Hash256[]? heads))
        {
            return heads;
        }

        using Statement statement = connection.Prepare("SELECT ids FROM \"$heads\" WHERE no = ?1");
        statement.Bind(1, no);
        if (!statement.Step())
        {
            throw new DiscreetException(ErrorCode.DatabaseCorrupt, $"The database names rights heads number {no}, which it does not hold.");
        }

        heads = Decode(statement.GetBlob(0));
        _known.Add(no, heads);
        return heads;
    }

    /// <summary>The number of a set of heads, given now if it has none.</summary>
    public int Intern(WriteTransaction transaction, ReadOnlySpan<Hash256> heads)
    {
        if (heads.IsEmpty)
        {
            return 0;
        }

        using Statement statement = connection.Prepare(
            "INSERT INTO \"$heads\" (ids) VALUES (?1) ON CONFLICT (ids) DO UPDATE SET ids = ids RETURNING no");
        statement.BindBlob(1, Encode(heads));
        statement.Step();
        int no = (int)statement.GetInt64(0);
        transaction.OnRollback(() => _known.Remove(no));
        return no;
    }

    /// <summary>The ids one behind the other.</summary>
    public static byte[] Encode(ReadOnlySpan<Hash256> heads)
    {
        byte[] bytes = new byte[heads.Length * Hash256.SizeBytes];
        for (int i = 0; i < heads.Length; i++)
        {
            heads[i].CopyTo(bytes.AsSpan(i * Hash256.SizeBytes));
        }

        return bytes;
    }

    /// <summary>What <see cref="Encode" /> wrote.</summary>
    public static Hash256[] Decode(ReadOnlySpan<byte> bytes)
    {
        Hash256[] heads = new Hash256[bytes.Length / Hash256.SizeBytes];
        for (int i = 0; i < heads.Length; i++)
        {
            heads[i] = new Hash256(bytes.Slice(i * Hash256.SizeBytes, Hash256.SizeBytes));
        }

        return heads;
    }
}
