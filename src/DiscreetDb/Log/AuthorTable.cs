using DiscreetDb.Core;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// Users and certified devices, numbered (<c>$user</c>, <c>$device</c>). What is found is kept; a rollback forgets what it
/// took back. Used with one connection, on its thread.
/// </summary>
internal sealed class AuthorTable(Connection connection)
{
    private readonly Dictionary<Hash256, Author> _byCertificate = [];
    private readonly Dictionary<int, Author> _byNo = [];
    private readonly Dictionary<VerifyingKey, int> _users = [];

    public Author? Find(Hash256 certificate)
    {
        if (_byCertificate.TryGetValue(certificate, out Author? author))
        {
            return author;
        }

        using Statement statement = connection.Prepare("SELECT no, user, certificate FROM \"$device\" WHERE hash = ?1");
        Span<byte> hash = stackalloc byte[Hash256.SizeBytes];
        certificate.CopyTo(hash);
        statement.BindBlob(1, hash);
        return statement.Step() ? Keep(Read(statement)) : null;
    }

    public Author Get(int no)
    {
        if (_byNo.TryGetValue(no, out Author? author))
        {
            return author;
        }

        using Statement statement = connection.Prepare("SELECT no, user, certificate FROM \"$device\" WHERE no = ?1");
        statement.Bind(1, no);
        return statement.Step()
            ? Keep(Read(statement))
            : throw new DiscreetException(ErrorCode.DatabaseCorrupt, $"The database names device number {no}, which it does not hold.");
    }

    /// <summary>The number of a certified device, given now if it has none.</summary>
    public Author Intern(WriteTransaction transaction, DeviceCertificate certificate)
    {
        if (Find(certificate.Hash) is { } known)
        {
            return known;
        }

        int user = InternUser(transaction, certificate.Root);
        using Statement statement = connection.Prepare("INSERT INTO \"$device\" (hash, id, user, certificate) VALUES (?1, ?2, ?3, ?4) RETURNING no");
        statement.BindBlob(1, certificate.Hash.ToByteArray());
        statement.Bind(2, certificate.Device);
        statement.Bind(3, user);
        statement.BindBlob(4, certificate.Encoded.Span);
        statement.Step();
        Author author = Keep(new Author((int)statement.GetInt64(0), user, certificate.Root, certificate));
        transaction.OnRollback(() => Forget(author));
        return author;
    }

    /// <summary>The key behind a user's number.</summary>
    public VerifyingKey UserKey(int no)
    {
        using Statement statement = connection.Prepare("SELECT key FROM \"$user\" WHERE no = ?1");
        statement.Bind(1, no);
        return statement.Step()
            ? new VerifyingKey(statement.GetBlob(0))
            : throw new DiscreetException(ErrorCode.DatabaseCorrupt, $"The database names user number {no}, which it does not hold.");
    }

    private int InternUser(WriteTransaction transaction, VerifyingKey key)
    {
        if (_users.TryGetValue(key, out int no))
        {
            return no;
        }

        using Statement statement = connection.Prepare(
            "INSERT INTO \"$user\" (key) VALUES (?1) ON CONFLICT (key) DO UPDATE SET key = key RETURNING no");
        statement.BindBlob(1, key.ToByteArray());
        statement.Step();
        no = (int)statement.GetInt64(0);
        _users.Add(key, no);
        transaction.OnRollback(() => _users.Remove(key));
        return no;
    }

    private static Author Read(Statement statement)
    {
        int no = (int)statement.GetInt64(0);
        return DeviceCertificate.TryDecode(statement.GetBlob(2), out DeviceCertificate? certificate)
            ? new Author(no, (int)statement.GetInt64(1), certificate.Root, certificate)
            : throw new DiscreetException(ErrorCode.DatabaseCorrupt, $"The certificate of device number {no} is damaged.");
    }

    private Author Keep(Author author)
    {
        _byCertificate[author.Certificate.Hash] = author;
        _byNo[author.DeviceNo] = author;
        return author;
    }

    private void Forget(Author author)
    {
        _byCertificate.Remove(author.Certificate.Hash);
        _byNo.Remove(author.DeviceNo);
    }
}
