using System.Globalization;
using System.Text;

namespace DiscreetDb.Storage;

/// <summary>Reads a whole file and says what is wrong with it; changes nothing.</summary>
internal static class IntegrityCheck
{
    /// <summary>More findings tell nothing new, and each costs memory.</summary>
    private const int MostFindings = 1_000;

    /// <summary>
    /// Checks the file of a connection that is in no transaction: in one, nothing can be read any more after the first damaged
    /// page. Nothing may move pages into the file meanwhile.
    /// </summary>
    public static IReadOnlyList<IntegrityFinding> Run(Connection connection, bool isEncrypted)
    {
        List<IntegrityFinding> findings = [];
        if (isEncrypted)
        {
            Collect(connection, "PRAGMA cipher_integrity_check", IntegrityArea.Page, findings);
        }

        Collect(
            connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA integrity_check({MostFindings})"), IntegrityArea.Structure, findings);
        return findings;
    }

    private static void Collect(Connection connection, string pragma, IntegrityArea area, List<IntegrityFinding> findings)
    {
        try
        {
            using Statement statement = connection.Prepare(pragma);
            while (findings.Count < MostFindings && statement.Step())
            {
                string text = Encoding.UTF8.GetString(statement.GetText(0));
                if (text != "ok")
                {
                    findings.Add(new IntegrityFinding(area, text));
                }
            }
        }
        catch (DiscreetException e) when (e.Code is ErrorCode.DatabaseCorrupt or ErrorCode.StorageFailed)
        {
            // After a damaged page SQLite cannot go on with a statement: what it says then is the last finding.
            findings.Add(new IntegrityFinding(area, e.Message));
        }
    }
}
