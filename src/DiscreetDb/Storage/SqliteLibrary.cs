using System.Runtime.InteropServices;
using DiscreetDb.Core;

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
            NativeLibraries.Load(NativeLibraryFiles.SqlCipher);
            NativeLibrary.SetDllImportResolver(typeof(Sqlite3).Assembly, NativeLibraries.Resolve);
            int number = Sqlite3.sqlite3_libversion_number();
            Version version = new(number / 1_000_000, number / 1_000 % 1_000, number % 1_000);
            if (number < MinimumVersion)
            {
                throw Unfit($"it holds SQLite {version}, at least 3.46 is needed", null);
            }

            Configure();
            return version;
        }
        catch (EntryPointNotFoundException e)
        {
            throw Unfit(e.Message, e);
        }
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

    private static DiscreetException Unfit(string reason, Exception? inner) => new(
        ErrorCode.NativeLibraryMissing,
        $"The SQLCipher found cannot be used: {reason}. Install SQLCipher 4.6 or newer (Debian: libsqlcipher1), or name the folder of one in {NativeLibraries.PathVariable}.",
        inner);
}
