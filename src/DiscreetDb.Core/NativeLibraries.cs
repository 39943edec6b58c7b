using System.Reflection;
using System.Runtime.InteropServices;

namespace DiscreetDb.Core;

/// <summary>Finds the native libraries, the same way for each.</summary>
internal static class NativeLibraries
{
    /// <summary>Loads libsodium and SQLCipher, so that a missing one is reported at <c>Discreet.New</c> and not later.</summary>
    /// <exception cref="DiscreetException">NativeLibraryMissing; the message names the package to install.</exception>
    public static void Ensure() => throw new NotSupportedException();

    /// <summary>For <see cref="NativeLibrary.SetDllImportResolver" />: knows "sodium", "sqlcipher" and their other names; 0 for anything else.</summary>
    public static nint Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath) => throw new NotSupportedException();
}
