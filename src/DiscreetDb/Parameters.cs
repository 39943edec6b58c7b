namespace DiscreetDb;

/// <summary>Values for the variables of a text; names without <c>$</c>.</summary>
public sealed class Parameters
{
    /// <summary>Sets a value: bool, int, long, double, string, null, Uid, byte[].</summary>
    public object? this[string name]
    {
        set => throw new NotSupportedException();
    }

    /// <summary>Adds a value.</summary>
    /// <exception cref="DiscreetException">DuplicateParameter.</exception>
    public Parameters Add(string name, object? value) => throw new NotSupportedException();

    /// <summary>Reads a flat JSON object of null, bool, number, string.</summary>
    public static Parameters FromJson(string json) => throw new NotSupportedException();
}
