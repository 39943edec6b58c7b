namespace DiscreetDb.Differential;

/// <summary>Names values while a text is printed.</summary>
internal sealed class Variables
{
    private readonly Dictionary<string, object?> _values = [];

    public IReadOnlyDictionary<string, object?> Values => _values;

    /// <summary>A new variable of this value, spelled with its <c>$</c>.</summary>
    public string Add(object? value)
    {
        string name = $"v{_values.Count + 1}";
        _values[name] = value;
        return "$" + name;
    }
}
