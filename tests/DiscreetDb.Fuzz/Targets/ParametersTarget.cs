using System.Text;

namespace DiscreetDb.Fuzz.Targets;

/// <summary><see cref="Parameters.FromJson" />: parameters or a <see cref="DiscreetException" />.</summary>
internal sealed class ParametersTarget : FuzzTarget
{
    public override string Name => "parameters-json";

    public override IReadOnlyList<byte[]> Seeds { get; } = ConformanceTexts.Parameters();

    public override void Run(byte[] input)
    {
        try
        {
            Parameters.FromJson(Encoding.UTF8.GetString(input));
        }
        catch (DiscreetException)
        {
            // Refused.
        }
    }
}
