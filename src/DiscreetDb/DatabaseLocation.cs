using DiscreetDb.Core;

namespace DiscreetDb;

/// <summary>Which database is meant: application, user, folder. The arguments of opening, checked.</summary>
internal readonly record struct DatabaseLocation(string AppKey, byte[] KeyMaterial, string Folder)
{
    public static DatabaseLocation Of(string appKey, byte[] keyMaterial, string? path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(appKey);
        ArgumentNullException.ThrowIfNull(keyMaterial);
        if (keyMaterial.Length != DiscreetDb.KeyMaterial.SizeBytes)
        {
            throw new ArgumentException(
                $"Key material is {DiscreetDb.KeyMaterial.SizeBytes} bytes, not {keyMaterial.Length}; see KeyMaterial.", nameof(keyMaterial));
        }

        return new DatabaseLocation(appKey, keyMaterial, path is null ? DefaultFolder(appKey) : Path.GetFullPath(path));
    }

    public EngineOptions ToEngineOptions(string model, IScheduler scheduler, DiscreetOptions options) => new()
    {
        Model = model,
        AppKey = AppKey,
        KeyMaterial = KeyMaterial,
        Folder = Folder,
        Scheduler = scheduler,
        Random = SystemRandom.Instance,
        Options = options,
    };

    /// <summary>Every character of the key that not all file systems take becomes an underscore; the file's name tells databases apart.</summary>
    private static string DefaultFolder(string appKey)
    {
        string name = string.Concat(appKey.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_')).Trim('.');
        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        return Path.Combine(data, name);
    }
}
