using System.Globalization;

namespace DiscreetDb.Differential;

/// <summary>A text of the language with the values of its variables.</summary>
internal sealed record GeneratedText(string Text, IReadOnlyDictionary<string, object?> Values)
{
    public Parameters Parameters()
    {
        var parameters = new Parameters();
        foreach ((string name, object? value) in Values)
        {
            parameters.Add(name, Scalars.Parameter(value));
        }

        return parameters;
    }

    public override string ToString() => Values.Count == 0
        ? Text
        : $"{Text}   with {string.Join(", ", Values.Select(v => string.Create(CultureInfo.InvariantCulture, $"${v.Key} = {Answers.ExpectedText.Print(v.Value)}")))}";
}
