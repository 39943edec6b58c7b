namespace DiscreetDb.TestKit;

/// <summary>A new empty folder that is removed with everything in it when it is disposed.</summary>
public sealed class TempFolder : IDisposable
{
    /// <summary>Creates the folder below the machine's temporary folder.</summary>
    public TempFolder()
    {
        Path = Directory.CreateTempSubdirectory("discreet-test-").FullName;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The path of a file in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc />
    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
