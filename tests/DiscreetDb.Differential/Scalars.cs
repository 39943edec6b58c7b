using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DiscreetDb.Differential;

/// <summary>
/// Scalar values as the evaluator keeps them: null, bool, long, double, string, byte[] and <see cref="JsonText" />; their
/// order (dialect §3.3, §6.5, §6.9) and their spelling in texts.
/// </summary>
internal static class Scalars
{
    /// <summary>Null below numbers (and Booleans as 0 and 1), below texts, below bytes.</summary>
    public static int Compare(object? left, object? right)
    {
        int rank = Rank(left).CompareTo(Rank(right));
        if (rank != 0 || left is null || right is null)
        {
            return rank;
        }

        return (left, right) switch
        {
            (string a, string b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)),
            (byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b),
            (JsonText a, JsonText b) => string.CompareOrdinal(a.Text, b.Text),
            _ => CompareNumbers(left, right),
        };
    }

    /// <summary>The value as a literal of the language.</summary>
    public static string Literal(object value) => value switch
    {
        bool b => b ? "true" : "false",
        long i => i.ToString(CultureInfo.InvariantCulture),
        double d => FloatLiteral(d),
        string s => StringLiteral(s),
        byte[] b => StringLiteral(Base64Url.Encode(b)),
        JsonText j => StringLiteral(j.Text),
        _ => throw new ArgumentException($"{value.GetType()} is no scalar."),
    };

    /// <summary>The value as a program hands it over.</summary>
    public static object? Parameter(object? value) => value switch
    {
        JsonText j => j.Text,
        byte[] b => Base64Url.Encode(b),
        _ => value,
    };

    public static string StringLiteral(string text) => $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string FloatLiteral(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        string mantissa = exponent < 0 ? text : text[..exponent];
        string withPoint = mantissa.Contains('.', StringComparison.Ordinal) ? mantissa : mantissa + ".0";
        return exponent < 0 ? withPoint : withPoint + text[exponent..];
    }

    private static int Rank(object? value) => value switch
    {
        null => 0,
        bool or long or double => 1,
        string => 2,
        JsonText => 2,
        _ => 3,
    };

    private static int CompareNumbers(object left, object right) => (Number(left), Number(right)) switch
    {
        (long a, long b) => a.CompareTo(b),
        var (a, b) => Convert.ToDouble(a, CultureInfo.InvariantCulture).CompareTo(Convert.ToDouble(b, CultureInfo.InvariantCulture)),
    };

    private static object Number(object value) => value is bool b ? (b ? 1L : 0L) : value;
}
