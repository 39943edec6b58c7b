using System.Text;

namespace DiscreetDb.Fuzz.Targets;

/// <summary><see cref="JsonResult.Parse" /> over any text: a result or a <see cref="DiscreetException" />.</summary>
internal sealed class JsonResultTarget : FuzzTarget
{
    public override string Name => "json-result";

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[] { "{}", "{\n\"a\":[{\"id\":\"AAAA\",\"n\":1}],\n\"b\":[]\n}", "{\"a\":{\"b\":[null,true,1.5]}}" }.Select(Encoding.UTF8.GetBytes),
    ];

    public override void Run(byte[] input)
    {
        try
        {
            JsonResult.Parse(Encoding.UTF8.GetString(input));
        }
        catch (DiscreetException)
        {
            // Refused.
        }
    }
}
