using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DiscreetDb.Benchmarks;

/// <summary>The table for people and the array for programs.</summary>
internal static class Report
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void PrintHeader() => Console.WriteLine($"{"figure",-28}{"value",12} {"unit",-10}{"floor",12}{"ratio",8}  {"goal",-44}verdict");

    public static void Print(FigureResult result) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Figure.Name,-28}{Number(result.Value),12} {result.Figure.Unit,-10}{Number(result.Floor),12}{Number(result.Ratio),8}  {result.Figure.Goal,-44}{(result.IsReached ? "reached" : "missed")}"));

    public static void WriteJson(string file, IEnumerable<FigureResult> results)
    {
        using FileStream stream = File.Create(file);
        using var json = new Utf8JsonWriter(stream, Indented);
        json.WriteStartArray();
        foreach (FigureResult result in results)
        {
            json.WriteStartObject();
            json.WriteString("name", result.Figure.Name);
            WriteNumber(json, "value", result.Value);
            json.WriteString("unit", result.Figure.Unit);
            WriteNumber(json, "floor", result.Floor);
            WriteNumber(json, "ratio", result.Ratio);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static string Number(double? value) => value switch
    {
        null => "",
        >= 1_000 => value.Value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' '),
        _ => value.Value.ToString("0.###", CultureInfo.InvariantCulture),
    };

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, Math.Round(number, 6));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
