namespace DiscreetDb.Query.Model;

/// <summary>
/// Names of tables or columns, which SQLite compares without regard to case while the dialect does not: a name that is
/// taken gets the suffix <c>$2</c>, <c>$3</c>, …, which no identifier can end with.
/// </summary>
/// <remarks>
/// Who asks first keeps the bare name, so callers ask in the order of log names: then the names depend on what a model
/// declares and not on where in the text it does.
/// </remarks>
internal sealed class UniqueNames(IEnumerable<string> taken)
{
    // Folds more than SQLite does, which folds ASCII letters only: some names get a suffix they could do without.
    private readonly HashSet<string> _taken = new(taken, StringComparer.OrdinalIgnoreCase);

    /// <summary>The name, or the name with the least suffix that makes it unique.</summary>
    public string Take(string name)
    {
        string candidate = name;
        for (int suffix = 2; !_taken.Add(candidate); suffix++)
        {
            candidate = $"{name}${suffix}";
        }

        return candidate;
    }
}
