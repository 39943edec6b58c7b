namespace DiscreetDb.Crash;

/// <summary>How both processes open the database that one of them dies with.</summary>
internal static class CrashDatabase
{
    private const string Model = """
        work {
          Batch { worker: Integer, sequence: Integer, parts: [work.Part] nullable, index(worker, sequence) }
          Part { index: Integer, text: String }
          Extra(no_full_text_index) { worker: Integer, sequence: Integer }
          Counter(no_full_text_index) { worker: Integer, last: Integer }
        }
        """;

    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public static Task<Discreet> OpenAsync(string folder) => Discreet.New(Model, "example.com/crash", Key, folder);
}
