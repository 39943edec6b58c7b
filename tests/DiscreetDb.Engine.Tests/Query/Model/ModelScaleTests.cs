using System.Diagnostics;
using System.Text;
using DiscreetDb.Query.Model;

namespace DiscreetDb.EngineTests.Query.Model;

/// <summary>Building is linear in the text: the greatest models take well under the bound, which a quadratic step would not.</summary>
public sealed class ModelScaleTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    [Fact]
    public void A_model_of_the_greatest_size_is_built_and_compared_quickly()
    {
        string text = Greatest();
        long start = Stopwatch.GetTimestamp();

        DataModel model = Models.Build(text);
        DataModel next = DataModelBuilder.Build(text, 2, model);
        ModelChange change = ModelChange.Between(model, next);
        int size = DataModelJson.Write(next).Length;

        Assert.True(change.IsEmpty);
        Assert.True(size > text.Length);
        Assert.True(Stopwatch.GetElapsedTime(start) < Bound, $"took {Stopwatch.GetElapsedTime(start)}");
    }

    [Theory]
    [InlineData("{{ A {{ x: String, {0} }} }}", "index(x)")]
    [InlineData("{{ A {{ {0} }} }}", "@was(x) a: String")]
    [InlineData("{{ A {{ x: String, index({0}) }} }}", "x")]
    [InlineData("{{ A {{ {0} }} }}", "x: String")]
    public void A_text_that_repeats_itself_is_refused_quickly(string frame, string repeated)
    {
        int count = 900_000 / repeated.Length;
        string text = string.Format(null, frame, string.Join(',', Enumerable.Repeat(repeated, count)));
        long start = Stopwatch.GetTimestamp();

        Assert.Throws<DiscreetException>(() => Models.Build(text));

        Assert.True(Stopwatch.GetElapsedTime(start) < Bound, $"took {Stopwatch.GetElapsedTime(start)}");
    }

    [Fact]
    public void Many_names_that_differ_in_case_only_are_told_apart_quickly()
    {
        IEnumerable<string> names = Enumerable.Range(0, 500).Select(bits => string.Concat("abcdefghi".Select((c, i) => (bits >> i & 1) == 0 ? c : char.ToUpperInvariant(c))));
        Entity entity = Models.BuildA(string.Join(',', names.Select(name => $"{name}: String")));

        Assert.Equal(500, entity.Fields.Select(field => field.ColumnName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    private static string Greatest()
    {
        var text = new StringBuilder("n {");
        for (int i = 0; i < Limits.EntityCount && text.Length < Limits.ModelSizeBytes - 16_000; i++)
        {
            text.Append(null, $" E{i} {{ r:n.E{i}, l:[n.E0]");
            for (int j = 0; j < Limits.FieldCount - 2 && text.Length < Limits.ModelSizeBytes - 16_000 && (i < 100 || j < 20); j++)
            {
                text.Append(null, $",f{j}:Json");
            }

            text.Append('}');
        }

        return text.Append(" }").ToString();
    }
}
