namespace DiscreetDb.Benchmarks;

/// <summary>The model of the benchmark. Every write entity shows one cost: a user index, the full text, neither.</summary>
internal static class BenchModel
{
    public const string Text = """
        bench {
          Plain(no_full_text_index) { text: String, number: Integer }
          Indexed(no_full_text_index) { text: String, number: Integer, index(number) }
          Searched { text: String, number: Integer, index(number) }
          Row(no_full_text_index) { text: String, number: Integer, grp: Integer, weight: Float, index(number) }
          Note { text: String, number: Integer }
          Person(no_full_text_index) { name: String, parents: [bench.Person] nullable, pets: [bench.Pet] nullable }
          Pet(no_full_text_index) { name: String }
        }
        """;

    public const string AppKey = "example.com/bench";

    public static readonly byte[] KeyMaterial = [.. Enumerable.Range(1, 32).Select(i => (byte)(i * 3))];

    public static Task<Discreet> OpenAsync(string folder, Durability durability) =>
        Discreet.New(Text, AppKey, KeyMaterial, folder, new DiscreetOptions { Durability = durability });
}
