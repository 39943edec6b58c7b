using System.Runtime.InteropServices;

namespace DiscreetDb.Storage;

/// <summary>Loads SQLCipher once, checks that it is one, and sets what can be set only before the first connection.</summary>
internal static unsafe class SqliteLibrary
{
    /// <summary>3.46: the first version whose FTS5 trigrams and contentless deletes behave as the full text needs them.</summary>
    private const int MinimumVersion = 3_046_000;

    private static readonly Lazy<Version> Loaded = new(Load);

    /// <summary>Version of SQLite inside the library.</summary>
    /// <exception cref="DiscreetException">NativeLibraryMissing.</exception>
    public static Version SqliteVersion => Loaded.Value;

    /// <summary>Makes sure that the library is there.</summary>
    /// <exception cref="DiscreetException">NativeLibraryMissing.</exception>
    public static void Initialize() => _ = Loaded.Value;

    private static Version Load()
    {
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(Sqlite3).Assembly, Resolve);
            int number = Sqlite3.sqlite3_libversion_number();
            Version version = new(number / 1_000_000, number / 1_000 % 1_000, number % 1_000);
            if (number < MinimumVersion)
            {
                throw Missing($"the SQLCipher found holds SQLite {version}, at least 3.46 is needed", null);
            }

            Configure();
            return version;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw Missing(e.Message, e);
        }
    }

    private static nint Resolve(string name, System.Reflection.Assembly assembly, DllImportSearchPath? path)
    {
        if (name == Sqlite3.Library)
        {
            foreach (string file in new[] { "libsqlcipher.so.1", "libsqlcipher.so.0", "libsqlcipher.dylib", "e_sqlcipher", "sqlcipher" })
            {
                if (NativeLibrary.TryLoad(file, assembly, path, out nint handle))
                {
                    return handle;
                }
            }
        }

        return 0;
    }

    /// <summary>
    /// Without memory statistics allocations take no global lock, which lets readers scale. Somebody else in the process
    /// may have initialised the library before; then it stays as it is.
    /// </summary>
    private static void Configure()
    {
        if (OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64)
        {
            _ = Sqlite3.sqlite3_config_on_stack(Sqlite3.ConfigMemoryStatus, 0, 0, 0, 0, 0, 0, 0, 0);
        }
        else
        {
            _ = Sqlite3.sqlite3_config(Sqlite3.ConfigMemoryStatus, 0);
        }

        int result = Sqlite3.sqlite3_initialize();
        if (result != Sqlite3.Ok)
        {
            throw new DiscreetException(ErrorCode.StorageFailed, $"SQLCipher did not start: SQLite error {result}.");
        }
    }

    private static DiscreetException Missing(string reason, Exception? inner) => new(
        ErrorCode.NativeLibraryMissing,
        $"SQLCipher 4 could not be loaded: {reason}. Install it (Debian: libsqlcipher1, Fedora: sqlcipher, macOS: brew install sqlcipher) or put the library into the application's runtimes/<rid>/native folder.",
        inner);
}
