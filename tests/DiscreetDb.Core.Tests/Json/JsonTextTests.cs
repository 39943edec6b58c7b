using System.Buffers;
using System.Text;
using System.Text.Json;

namespace DiscreetDb.Core.Tests.Json;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData(" { \"b\" : [ 1 , 2.50 , -0.0e+1 ] ,\r\n\t\"a\" : \" x \\\" y \" } ", "{\"b\":[1,2.50,-0.0e+1],\"a\":\" x \\\" y \"}")]
    [InlineData("null", "null")]
    [InlineData(" true ", "true")]
    [InlineData("\"\\u00e9\\ud83d\\ude00\\/\"", "\"\\u00e9\\ud83d\\ude00\\/\"")]
    [InlineData("[]", "[]")]
    [InlineData("[ { } , [ ] ]", "[{},[]]")]
    [InlineData("{\"\":1,\" \":2}", "{\"\":1,\" \":2}")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1e-400", "1e-400")]
    [InlineData("[{\"a\":1},{\"a\":1}]", "[{\"a\":1},{\"a\":1}]")]
    [InlineData("{\"a\":{\"a\":{\"a\":1}}}", "{\"a\":{\"a\":{\"a\":1}}}")]
    [InlineData("\"\u007f\"", "\"\u007f\"")]
    public void Valid_text_loses_white_space_between_tokens_and_nothing_else(string text, string expected)
    {
        Assert.Equal(expected, Minify(text, out _));
        Assert.True(JsonText.IsMinified(Encoding.UTF8.GetBytes(expected)));
        Assert.Equal(text == expected, JsonText.IsMinified(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("", "Unexpected end")]
    [InlineData("  ", "Unexpected end")]
    [InlineData("{", "Unexpected end")]
    [InlineData("[1", "Unexpected end")]
    [InlineData("[1,]", "Unexpected character")]
    [InlineData("[,1]", "Unexpected character")]
    [InlineData("[1 2]", "Unexpected character")]
    [InlineData("{\"a\":1,}", "member name")]
    [InlineData("{a:1}", "member name")]
    [InlineData("{\"a\" 1}", "`:`")]
    [InlineData("{\"a\":}", "Unexpected character")]
    [InlineData("{\"a\":1]", "Unexpected character")]
    [InlineData("[1}", "Unexpected character")]
    [InlineData("]", "Unexpected character")]
    [InlineData("1 1", "after the value")]
    [InlineData("nul", "Unexpected character")]
    [InlineData("nulll", "after the value")]
    [InlineData("'a'", "Unexpected character")]
    [InlineData("01", "Not a number")]
    [InlineData("-", "Not a number")]
    [InlineData("-01", "Not a number")]
    [InlineData("1.", "Not a number")]
    [InlineData(".5", "Unexpected character")]
    [InlineData("1e", "Not a number")]
    [InlineData("1e+", "Not a number")]
    [InlineData("+1", "Unexpected character")]
    [InlineData("NaN", "Unexpected character")]
    [InlineData("1e309", "range of a float")]
    [InlineData("-1.0e400", "range of a float")]
    [InlineData("[1e99999999999999999999]", "range of a float")]
    [InlineData("\"a", "does not end")]
    [InlineData("\"a\nb\"", "control character")]
    [InlineData("\"\\x\"", "escape")]
    [InlineData("\"\\u12\"", "escape")]
    [InlineData("\"\\u12g4\"", "escape")]
    [InlineData("\"\\ud800\"", "surrogate")]
    [InlineData("\"\\udc00\"", "surrogate")]
    [InlineData("\"\\ud800\\u0041\"", "surrogate")]
    [InlineData("\"\\u0000\"", "U+0000")]
    [InlineData("{\"a\":1,\"b\":2,\"a\":3}", "twice")]
    [InlineData("{\"a\":1,\"\\u0061\":3}", "twice")]
    [InlineData("[{\"x\":{\"\\ud83d\\ude00\":1,\"\ud83d\ude00\":2}}]", "twice")]
    [InlineData("\ufeff1", "Unexpected character")]
    [InlineData("// c\n1", "Unexpected character")]
    public void Everything_else_is_refused_with_a_reason_and_writes_nothing(string text, string reason)
    {
        Assert.Equal("", Minify(text, out JsonFault fault));
        Assert.Contains(reason, fault.ToString());
        Assert.False(JsonText.IsMinified(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void The_place_of_the_fault_is_told_in_bytes()
    {
        Minify("[1, \u00e9]", out JsonFault fault);
        Assert.Equal(new JsonFault("Unexpected character", 4), fault);

        Assert.False(JsonText.TryMinify([(byte)'"', 0xC3, 0xA9, 0xFF, (byte)'"'], new ArrayBufferWriter<byte>(), out fault));
        Assert.Equal(new JsonFault("Invalid UTF-8", 3), fault);
    }

    [Fact]
    public void Nesting_is_allowed_to_the_limit_and_not_beyond()
    {
        string deepest = new string('[', Limits.JsonDepth) + new string(']', Limits.JsonDepth);

        Assert.Equal(deepest, Minify(deepest, out _));
        Assert.Equal("", Minify($"[{deepest}]", out JsonFault fault));
        Assert.Contains("64", fault.Reason);
        Assert.Equal("", Minify(new string('[', 1_000_000), out _));
        Assert.Equal("", Minify(string.Concat(Enumerable.Repeat("{\"a\":", 100_000)), out _));
    }

    [Fact]
    public void Duplicates_are_found_among_very_many_members()
    {
        string members = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"{i:x8}\":{i}"));

        Assert.NotEqual("", Minify($"{{{members}}}", out _));
        Assert.Equal("", Minify($"{{{members},\"00000007\":0}}", out JsonFault fault));
        Assert.Contains("twice", fault.Reason);
    }

    [Fact]
    public void Mutated_texts_are_judged_as_another_parser_judges_them()
    {
        string[] seeds =
        [
            "{\"a\":[1,-2.5e10,true,false,null],\"b\":{\"c\":\"x\\n\\u00e9\\ud83d\\ude00\"},\"d\":\"\u00e9\"}",
            "[[],{},[{}],\"\",0,-0,1e5,\"\\\\\\\"\"]",
            "{\"k1\":1,\"k2\":2,\"k3\":3,\"k4\":4,\"k5\":5,\"k6\":6,\"k7\":7,\"k8\":8,\"k9\":9,\"k10\":10}",
        ];
        byte[] alphabet = Encoding.UTF8.GetBytes("{}[]\",:\\ue+-.0123456789 \n\tabdfk\u00e9");
        var random = new Random(21);
        int valid = 0;
        for (int round = 0; round < 30_000; round++)
        {
            List<byte> text = [.. Encoding.UTF8.GetBytes(seeds[round % seeds.Length])];
            for (int change = random.Next(4); change > 0; change--)
            {
                int index = random.Next(text.Count);
                byte letter = alphabet[random.Next(alphabet.Length)];
                switch (random.Next(3))
                {
                    case 0:
                        text[index] = letter;
                        break;
                    case 1:
                        text.Insert(index, letter);
                        break;
                    default:
                        text.RemoveAt(index);
                        break;
                }
            }

            byte[] json = [.. text];
            bool expected = IsAcceptable(json);
            valid += expected ? 1 : 0;
            var output = new ArrayBufferWriter<byte>();
            bool actual = JsonText.TryMinify(json, output);

            Assert.True(expected == actual, $"round {round}: {Encoding.UTF8.GetString(json)}");
            if (actual)
            {
                Assert.True(JsonText.IsMinified(output.WrittenSpan));
                using JsonDocument before = JsonDocument.Parse(json);
                using JsonDocument after = JsonDocument.Parse(output.WrittenMemory);
                Assert.True(JsonElement.DeepEquals(before.RootElement, after.RootElement));
            }
        }

        Assert.InRange(valid, 3_000, 27_000);
    }

    private static string Minify(string text, out JsonFault fault)
    {
        var output = new ArrayBufferWriter<byte>();
        bool isValid = JsonText.TryMinify(Encoding.UTF8.GetBytes(text), output, out fault);
        Assert.Equal(isValid, fault == default);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static bool IsAcceptable(byte[] json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = Limits.JsonDepth });
            return IsAcceptable(document.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsAcceptable(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().All(member => !member.Name.Contains('\0') && IsAcceptable(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().All(IsAcceptable),
        JsonValueKind.Number => double.IsFinite(element.GetDouble()),
        JsonValueKind.String => element.GetString() is { } text && !text.Contains('\0'),
        _ => true,
    };
}
