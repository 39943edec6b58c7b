using System.Reflection;
using DiscreetDb.TestKit;

namespace DiscreetDb.Tidy.Tests.PublicApi;

public sealed class PublicApiTests
{
    [Theory]
    [InlineData("DiscreetDb.Core")]
    [InlineData("DiscreetDb.Language")]
    [InlineData("DiscreetDb")]
    public void The_public_surface_is_what_a_reviewer_accepted(string assembly)
    {
        string folder = Repository.PathOf("tests", "DiscreetDb.Tidy.Tests", "PublicApi");

        string api = ApiPrinter.Print(Assembly.Load(assembly));

        Snapshot.VerifyFile(
            api,
            Path.Combine(folder, $"PublicAPI.{assembly}.txt"),
            Path.Combine(folder, $"PublicAPI.{assembly}.received.txt"));
    }
}
