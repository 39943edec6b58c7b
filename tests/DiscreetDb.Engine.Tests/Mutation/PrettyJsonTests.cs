using System.Buffers;
using System.Text;
using DiscreetDb.Mutation;

namespace DiscreetDb.EngineTests.Mutation;

public sealed class PrettyJsonTests
{
    [Theory]
    [InlineData("40", "40")]
    [InlineData("\"a\\\"b,}\"", "\"a\\\"b,}\"")]
    [InlineData("{}", "{}")]
    [InlineData("[]", "[]")]
    [InlineData("{\"b\":1,\"a\":[true,null]}", "{\n  \"b\": 1,\n  \"a\": [\n    true,\n    null\n  ]\n}")]
    [InlineData("[[],{},[{}]]", "[\n  [],\n  {},\n  [\n    {}\n  ]\n]")]
    [InlineData("[1.50e2,\"\\\\\",\"x\"]", "[\n  1.50e2,\n  \"\\\\\",\n  \"x\"\n]")]
    public void A_minified_value_is_indented_and_otherwise_left_alone(string minified, string pretty)
    {
        ArrayBufferWriter<byte> output = new();

        new PrettyJson(output).WriteJson(Encoding.UTF8.GetBytes(minified));

        Assert.Equal(pretty, Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
