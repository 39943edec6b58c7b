using System.Reflection;
using System.Runtime.InteropServices;

namespace DiscreetDb.Core;

/// <summary>
/// Finds the native libraries, the same way for each: the folder the application or <c>DISCREET_NATIVE_PATH</c> names, the
/// application's folder and its <c>runtimes/&lt;rid&gt;/native</c>, the user's cache folder, then the system's names.
/// </summary>
internal static class NativeLibraries
{
    public const string PathVariable = "DISCREET_NATIVE_PATH";

    private static readonly Lock Gate = new();
    private static readonly NativeLibraryFiles[] Known = [NativeLibraryFiles.Sodium, NativeLibraryFiles.SqlCipher];
    private static readonly Dictionary<string, nint> Handles = [];
    private static string? s_folder;
    private static bool s_isRegistered;

    /// <summary>The folder looked in first; set before the first use.</summary>
    public static string? Folder
    {
        get
        {
            lock (Gate)
            {
                return s_folder;
            }
        }

        set
        {
            lock (Gate)
            {
                s_folder = value;
            }
        }
    }

    /// <summary>
    /// Finds libsodium and SQLCipher, so that a missing one is reported at <c>Discreet.New</c> and not later.
    /// </summary>
    /// <exception cref="DiscreetException">NativeLibraryMissing; the message names the package to install.</exception>
    public static void Ensure()
    {
        Sodium.EnsureLoaded();
        Load(NativeLibraryFiles.SqlCipher);
    }

    /// <summary>The handle of the library, loaded at the first call.</summary>
    /// <exception cref="DiscreetException">NativeLibraryMissing; the message names the package to install.</exception>
    public static nint Load(NativeLibraryFiles library)
    {
        lock (Gate)
        {
            if (!Handles.TryGetValue(library.Name, out nint handle))
            {
                handle = Find(library, SearchFolders());
                Handles.Add(library.Name, handle);
            }

            return handle;
        }
    }

    /// <summary>
    /// For <see cref="NativeLibrary.SetDllImportResolver" />: knows "sodium" and "sqlcipher"; 0 for anything else.
    /// </summary>
    public static nint Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath)
    {
        foreach (NativeLibraryFiles library in Known)
        {
            if (library.ImportName == libraryName)
            {
                return Load(library);
            }
        }

        return 0;
    }

    /// <summary>Makes the bindings of this assembly find their libraries.</summary>
    public static void Register()
    {
        lock (Gate)
        {
            if (!s_isRegistered)
            {
                NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);
                s_isRegistered = true;
            }
        }
    }

    /// <summary>Loads the first file that loads, from the folders in their order, then by the system's search.</summary>
    /// <exception cref="DiscreetException">NativeLibraryMissing.</exception>
    public static nint Find(NativeLibraryFiles library, IReadOnlyList<string> folders)
    {
        List<string> refused = [];
        foreach (string folder in folders)
        {
            foreach (string path in library.Files.Select(file => Path.Combine(folder, file)).Where(File.Exists))
            {
                if (TryLoad(path, refused, out nint handle))
                {
                    return handle;
                }
            }
        }

        foreach (string file in library.Files)
        {
            if (NativeLibrary.TryLoad(file, out nint handle))
            {
                return handle;
            }
        }

        throw Missing(library, folders, refused);
    }

    private static bool TryLoad(string path, List<string> refused, out nint handle)
    {
        try
        {
            handle = NativeLibrary.Load(path);
            return true;
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            refused.Add($"{path}: {failure.Message}");
            handle = 0;
            return false;
        }
    }

    private static DiscreetException Missing(NativeLibraryFiles library, IReadOnlyList<string> folders, List<string> refused)
    {
        string message =
            $"The native library {library.Name} was not found. Install the package {library.Packages}, or put one of "
            + $"{string.Join(", ", library.Files)} into one of {string.Join(", ", folders)}, or name its folder in {PathVariable}.";
        return new DiscreetException(
            ErrorCode.NativeLibraryMissing,
            refused.Count == 0 ? message : $"{message} These files exist but do not load: {string.Join("; ", refused)}.");
    }

    private static List<string> SearchFolders()
    {
        string[] named = [s_folder ?? "", Environment.GetEnvironmentVariable(PathVariable) ?? ""];
        string application = AppContext.BaseDirectory;
        string cache = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        List<string> folders = [.. named.Where(folder => folder.Length > 0)];
        folders.Add(application);
        folders.Add(Path.Combine(application, "runtimes", PortableRuntime(), "native"));
        if (cache.Length > 0)
        {
            folders.Add(Path.Combine(cache, "discreet", "native"));
        }

        return folders;
    }

    // As packages name it; the runtime's own identifier may be that of one distribution.
    private static string PortableRuntime()
    {
        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }
}
