using System.Globalization;

namespace DiscreetDb.Differential.Answers;

/// <summary>Expected answers as text, for messages.</summary>
internal static class ExpectedText
{
    public static string Print(Expected expected) => expected switch
    {
        Expected.Scalar scalar => Print(scalar.Value),
        Expected.Float number => Print(number.Value),
        Expected.Base64OfLength text => $"({text.Length} characters)",
        Expected.Embedded embedded => $"a string holding {Print(embedded.Json)}",
        Expected.RowId { Row.Id: { } id } => Print(id),
        Expected.RowId => "(new id)",
        Expected.Object members => $"{{{string.Join(',', members.Members.Select(m => $"\"{m.Key}\":{Print(m.Value)}"))}}}",
        Expected.Array array => $"[{string.Join(',', array.Items.Select(Print))}]",
        Expected.AnyOf choice => $"({choice.Count} of [{string.Join(',', choice.Candidates.Select(Print))}])",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static string Print(object? value) => value switch
    {
        null => "null",
        JsonText json => json.Text,
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool or long or string or byte[] => Scalars.Literal(value),
        _ => value.ToString() ?? "",
    };
}
