using System.Buffers;
using System.Text;
using System.Text.Json;

namespace DiscreetDb.Core.Tests.Json;

public sealed class JsonEscapeTests
{
    [Fact]
    public void Quote_backslash_and_control_characters_are_escaped_and_nothing_else()
    {
        Assert.Equal("a\\\"b\\\\c/\\b\\f\\n\\r\\t\\u0000\\u001f<>&'\u007f\u00e9\u2028", Escape("a\"b\\c/\b\f\n\r\t\0\u001f<>&'\u007f\u00e9\u2028"));
        Assert.Equal("", Escape(""));
    }

    [Fact]
    public void Any_text_reads_back_from_what_was_written()
    {
        var random = new Random(31);
        for (int round = 0; round < 2_000; round++)
        {
            int length = random.Next(200);
            var text = new StringBuilder();
            while (text.Length < length)
            {
                text.Append(random.Next(4) switch
                {
                    0 => (char)random.Next(32),
                    1 => random.Next(2) == 0 ? '"' : '\\',
                    _ => (char)random.Next(32, 0x800),
                });
            }

            byte[] utf8 = Encoding.UTF8.GetBytes(text.ToString());
            var output = new ArrayBufferWriter<byte>();
            JsonEscape.WriteQuoted(utf8, output);
            Assert.Equal(text.ToString(), JsonSerializer.Deserialize<string>(output.WrittenSpan));

            byte[] destination = new byte[JsonEscape.MaxExpansion * utf8.Length];
            int size = JsonEscape.Write(utf8, destination);
            Assert.Equal(output.WrittenSpan[1..^1].ToArray(), destination[..size]);
        }
    }

    private static string Escape(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        JsonEscape.Write(Encoding.UTF8.GetBytes(text), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
