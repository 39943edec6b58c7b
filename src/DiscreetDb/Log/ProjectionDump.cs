using System.Text;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// All projection tables as text in one order: two databases with the same commits and the same model have the same dump,
/// byte for byte, however the commits came (I6). What is a number of this database only is spelled by what it stands for;
/// documents of the full text and dates of erasure are left out.
/// </summary>
internal sealed class ProjectionDump(LogStore store, ProjectionTables tables)
{
    private readonly StringBuilder _text = new();

    /// <summary>The dump, one line per row.</summary>
    public string Write()
    {
        foreach (EntityTable table in tables.All.OrderBy(table => table.Entity.LogName, StringComparer.Ordinal))
        {
            WriteRows(table);
            foreach (LinkTable links in table.Links.OrderBy(links => links.Field.LogName, StringComparer.Ordinal))
            {
                WriteLinks(links);
            }
        }

        // What void commits touched shows nothing, and of a forked log it depends on which branch came first.
        WriteSorted("history", "SELECT row, kind, \"commit\" FROM \"$history\" JOIN \"$commit\" ON no = \"commit\" AND void = 0", row => $"{row.GetUid(0)} {(HistoryKind)row.GetInt64(1)} {Commit(row.GetInt64(2))}");
        WriteSorted("tombstone", "SELECT row, entity FROM \"$tombstone\"", row => $"{row.GetUid(0)} {FieldName((int)row.GetInt64(1))}");
        WriteSorted(
            "link",
            "SELECT src, field, dest, \"commit\", cut FROM \"$link\"",
            row => $"{row.GetUid(0)} {FieldName((int)row.GetInt64(1))} {row.GetUid(2)} {Commit(row.GetInt64(3))} {row.GetInt64(4)}");
        return _text.ToString();
    }

    private void WriteRows(EntityTable table)
    {
        string columns = string.Concat(table.Columns.Select(field => ", " + Sql.Quote(field.ColumnName)));
        WriteSorted(
            table.Entity.LogName,
            $"SELECT id, room_id, cdate, mdate, \"$author\", \"$creator\", \"$insert\", \"$newest\", \"$versions\"{columns} FROM {table.Name}",
            row => Row(table, row));
    }

    private string Row(EntityTable table, Statement row)
    {
        StringBuilder line = new();
        line.Append(row.GetUid(0)).Append(' ').Append(row.IsNull(1) ? "local" : row.GetUid(1).ToString())
            .Append(' ').Append(row.GetInt64(2)).Append(' ').Append(row.GetInt64(3))
            .Append(' ').Append(User((int)row.GetInt64(4))).Append(' ').Append(User((int)row.GetInt64(5)))
            .Append(' ').Append(Commit(row.GetInt64(6))).Append(' ').Append(Commit(row.GetInt64(7)))
            .Append(" [").Append(row.IsNull(8) ? string.Empty : Versions(FieldVersions.Decode(row.GetBlob(8)))).Append(']');
        for (int i = 0; i < table.Columns.Length; i++)
        {
            line.Append(' ').Append(table.Columns[i].LogName).Append('=').Append(Column(row, 9 + i));
        }

        return line.ToString();
    }

    private string Versions(FieldVersions versions) => string.Join(
        ' ',
        versions.Entries.Select(entry => $"{FieldName(entry.Field)}@{Commit(entry.Commit.Value)}").Order(StringComparer.Ordinal));

    private void WriteLinks(LinkTable links) => WriteSorted(
        $"{links.Source.LogName}.{links.Field.LogName}",
        $"SELECT src, dest, \"$commit\" FROM {links.Name}",
        row => $"{row.GetUid(0)} {row.GetUid(1)} {Commit(row.GetInt64(2))}");

    private void WriteSorted(string title, string sql, Func<Statement, string> line)
    {
        List<string> lines = [];
        using Statement statement = store.Connection.Prepare(sql);
        while (statement.Step())
        {
            lines.Add(line(statement));
        }

        lines.Sort(StringComparer.Ordinal);
        _text.Append("# ").Append(title).Append('\n');
        foreach (string text in lines)
        {
            _text.Append(text).Append('\n');
        }
    }

    private static string Column(Statement row, int column) => row.GetType(column) switch
    {
        SqliteType.Null => "null",
        SqliteType.Integer => row.GetInt64(column).ToString(),
        SqliteType.Float => row.GetDouble(column).ToString("R"),
        SqliteType.Text => $"'{Encoding.UTF8.GetString(row.GetText(column))}'",
        _ => $"x{Convert.ToHexString(row.GetBlob(column))}",
    };

    private string Commit(long number) => store.Commits.StampOf(new CommitNumber(number)).Id.ToString()[..8];

    private string User(int no) => store.Authors.UserKey(no).ToString()[..8];

    private string FieldName(int no)
    {
        (string entity, string field) = store.Fields.NameOf(no);
        return $"{entity}.{field}";
    }
}
