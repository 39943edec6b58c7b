using System.Text;

namespace DiscreetDb.Core;

/// <summary>What a login or password is as bytes: UTF-8 of its form KC, so that one keyboard's é is the other's.</summary>
internal static class PasswordText
{
    /// <exception cref="ArgumentException">
    /// Empty, not valid UTF-16, or longer than <see cref="Limits.PasswordSizeBytes" />.
    /// </exception>
    public static SecretBytes Encode(string text, string parameterName)
    {
        ArgumentException.ThrowIfNullOrEmpty(text, parameterName);
        CheckSize(text.Length, parameterName);
        string normalised = Nfkc.Normalize(text);
        CheckSize(Encoding.UTF8.GetByteCount(normalised), parameterName);
        var utf8 = new SecretBytes(Encoding.UTF8.GetByteCount(normalised));
        Encoding.UTF8.GetBytes(normalised, utf8.Span);
        return utf8;
    }

    private static void CheckSize(int size, string parameterName)
    {
        if (size > Limits.PasswordSizeBytes)
        {
            throw new ArgumentException($"At most {Limits.PasswordSizeBytes} bytes, not {size}.", parameterName);
        }
    }
}
