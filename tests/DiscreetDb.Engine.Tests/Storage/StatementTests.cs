using DiscreetDb.Core;
using DiscreetDb.Storage;

namespace DiscreetDb.EngineTests.Storage;

public sealed class StatementTests
{
    [Fact]
    public void Every_kind_of_value_comes_back_as_it_went_in()
    {
        using Connection connection = OpenEmpty();
        Uid id = new([.. Enumerable.Range(1, 16).Select(i => (byte)i)]);
        Value[] values =
        [
            Value.Null, Value.Boolean(true), Value.Integer(long.MinValue), Value.Float(0.1), Value.Text("é\u0001日"), Value.Text(""),
            Value.Json("[1]"u8.ToArray()), Value.Bytes(new byte[] { 0, 255 }), Value.Bytes(Array.Empty<byte>()), Value.Reference(id),
        ];
        using Statement statement = connection.Prepare($"SELECT {string.Join(", ", values.Select((_, i) => $"?{i + 1}"))}");
        for (int i = 0; i < values.Length; i++)
        {
            statement.Bind(i + 1, values[i]);
        }

        Assert.True(statement.Step());

        Assert.True(statement.IsNull(0));
        Assert.Equal(1, statement.GetInt64(1));
        Assert.Equal(long.MinValue, statement.GetInt64(2));
        Assert.Equal(0.1, statement.GetDouble(3));
        Assert.Equal("é\u0001日"u8, statement.GetText(4));
        Assert.Equal(SqliteType.Text, statement.GetType(5));
        Assert.Equal(0, statement.GetText(5).Length);
        Assert.Equal("[1]"u8, statement.GetText(6));
        Assert.Equal(new byte[] { 0, 255 }, statement.GetBlob(7));
        Assert.Equal(SqliteType.Blob, statement.GetType(8));
        Assert.Equal(0, statement.GetBlob(8).Length);
        Assert.Equal(id, statement.GetUid(9));
        Assert.False(statement.Step());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(511)]
    [InlineData(5_000)]
    [InlineData(300_000)]
    public void Texts_of_any_length_come_back(int length)
    {
        using Connection connection = OpenEmpty();
        string text = new('é', length);
        using Statement statement = connection.Prepare("SELECT ?1, ?2");
        statement.BindText(1, text);
        statement.BindBlob(2, new byte[length]);

        Assert.True(statement.Step());

        Assert.Equal(text, System.Text.Encoding.UTF8.GetString(statement.GetText(0)));
        Assert.Equal(length, statement.GetBlob(1).Length);
    }

    [Fact]
    public void The_same_text_may_be_leased_many_times_at_once()
    {
        using Connection connection = OpenEmpty();
        Statement[] leases = [.. Enumerable.Range(0, 300).Select(_ => connection.Prepare("SELECT ?1"))];
        for (int i = 0; i < leases.Length; i++)
        {
            leases[i].Bind(1, i);
            Assert.True(leases[i].Step());
        }

        Assert.All(leases, (lease, i) => Assert.Equal(i, lease.GetInt64(0)));
        Assert.All(leases, lease => lease.Dispose());
        Assert.All(leases, lease => lease.Dispose());
    }

    [Fact]
    public void A_lease_begins_reset_and_unbound()
    {
        using Connection connection = OpenEmpty();
        using (Statement first = connection.Prepare("SELECT ?1"))
        {
            first.Bind(1, 7);
            first.Step();
        }

        using Statement second = connection.Prepare("SELECT ?1");

        Assert.True(second.Step());
        Assert.True(second.IsNull(0));
    }

    [Fact]
    public void More_texts_than_are_kept_still_work()
    {
        using Connection connection = OpenEmpty();
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < Limits.StatementCacheCount * 2; i++)
            {
                using Statement one = connection.Prepare($"SELECT {i}");
                using Statement same = connection.Prepare($"SELECT {i}");
                Assert.True(one.Step() && same.Step());
                Assert.Equal(i, one.GetInt64(0));
                Assert.Equal(i, same.GetInt64(0));
            }
        }
    }

    [Fact]
    public void A_lease_may_outlive_its_connection()
    {
        Connection connection = OpenEmpty();
        Statement statement = connection.Prepare("SELECT 1");

        connection.Dispose();
        statement.Dispose();

        Assert.Throws<ObjectDisposedException>(() => connection.Prepare("SELECT 2"));
    }

    [Fact]
    public void Preparing_binding_stepping_and_reading_allocate_nothing_once_warm()
    {
        using Connection connection = OpenEmpty();
        connection.Execute("CREATE TABLE t (id BLOB PRIMARY KEY, n INTEGER, f REAL, text TEXT) WITHOUT ROWID");
        Uid id = new(new byte[16]);
        for (int i = 0; i < 100; i++)
        {
            Run(i);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Run(i);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(long n)
        {
            using (Statement insert = connection.Prepare("INSERT OR REPLACE INTO t VALUES (?1, ?2, ?3, ?4)"))
            {
                insert.Bind(1, id);
                insert.Bind(2, n);
                insert.Bind(3, 0.5);
                insert.BindText(4, "a text");
                insert.Run();
            }

            using Statement select = connection.Prepare("SELECT id, n, f, text FROM t WHERE id = ?1");
            select.Bind(1, id);
            while (select.Step())
            {
                if (select.GetUid(0) != id || select.GetInt64(1) != n || select.GetText(3).Length != 6 || select.IsNull(2))
                {
                    throw new InvalidOperationException();
                }
            }
        }
    }

    [Fact]
    public void A_failing_statement_names_its_text_and_can_be_used_again()
    {
        using Connection connection = OpenEmpty();
        connection.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        using Statement insert = connection.Prepare("INSERT INTO t VALUES (?1)");
        insert.Bind(1, 1);
        insert.Run();

        DiscreetException failure = Assert.Throws<DiscreetException>(insert.Run);

        Assert.Equal(ErrorCode.StorageFailed, failure.Code);
        Assert.Contains("INSERT INTO t", failure.Message, StringComparison.Ordinal);
        insert.Bind(1, 2);
        insert.Run();
        Assert.Equal(2, connection.ReadInt64("SELECT count(*) FROM t"));
    }

    [Fact]
    public void A_column_that_is_no_id_is_a_damaged_database()
    {
        using Connection connection = OpenEmpty();
        using Statement statement = connection.Prepare("SELECT x'0102'");
        statement.Step();

        Assert.Equal(ErrorCode.DatabaseCorrupt, Assert.Throws<DiscreetException>(() => statement.GetUid(0)).Code);
    }

    internal static Connection OpenEmpty() => Connection.Open(":memory:", Sqlite3.OpenReadWrite | Sqlite3.OpenCreate);
}
