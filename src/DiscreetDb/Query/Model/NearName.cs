namespace DiscreetDb.Query.Model;

/// <summary>Finds the name somebody probably meant.</summary>
internal static class NearName
{
    // Longer names are not compared: the table of distances grows with both lengths, and nobody mistypes only such names.
    private const int MaxLength = 64;

    /// <summary>The end of an error message: <c>; did you mean `name`</c>, or nothing.</summary>
    public static string Suggest(string name, IEnumerable<string> candidates) =>
        Find(name, candidates) is { } near ? $"; did you mean `{near}`" : "";

    /// <summary>The nearest candidate that differs in about a third of its letters at most, or only in case.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int smallest = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int distance = string.Equals(name, candidate, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(name, candidate);
            if (distance < smallest && distance <= (candidate.Length + 2) / 3 && distance < candidate.Length)
            {
                nearest = candidate;
                smallest = distance;
            }
        }

        return nearest;
    }

    /// <summary>How many letters must be inserted, deleted or replaced (Levenshtein).</summary>
    private static int Distance(string left, string right)
    {
        if (left.Length > MaxLength || right.Length > MaxLength)
        {
            return int.MaxValue;
        }

        Span<int> row = stackalloc int[MaxLength + 1];
        for (int column = 0; column <= right.Length; column++)
        {
            row[column] = column;
        }

        for (int line = 1; line <= left.Length; line++)
        {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= right.Length; column++)
            {
                int replaced = diagonal + (left[line - 1] == right[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, Math.Min(diagonal, row[column - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
