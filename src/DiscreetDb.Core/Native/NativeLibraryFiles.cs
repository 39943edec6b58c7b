namespace DiscreetDb.Core;

/// <summary>
/// One native library: the name bindings import it by, the files it may be, and what to install when there is none.
/// </summary>
internal sealed record NativeLibraryFiles
{
    public static NativeLibraryFiles Sodium { get; } = new()
    {
        Name = "libsodium",
        ImportName = "sodium",
        Linux = ["libsodium.so.23", "libsodium.so.26", "libsodium.so"],
        MacOS = ["libsodium.dylib", "libsodium.26.dylib", "libsodium.23.dylib"],
        Windows = ["libsodium.dll", "sodium.dll"],
        Packages = "libsodium23 (Debian, Ubuntu), libsodium (Fedora, Arch, Homebrew, vcpkg)",
    };

    /// <remarks>Plain SQLite is not among the files: it would open a database without encrypting it.</remarks>
    public static NativeLibraryFiles SqlCipher { get; } = new()
    {
        Name = "SQLCipher",
        ImportName = "sqlcipher",
        Linux = ["libsqlcipher.so.1", "libsqlcipher.so.0", "libe_sqlcipher.so", "libsqlcipher.so"],
        MacOS = ["libsqlcipher.dylib", "libsqlcipher.0.dylib", "libe_sqlcipher.dylib"],
        Windows = ["e_sqlcipher.dll", "sqlcipher.dll"],
        Packages = "libsqlcipher1 (Debian 13, Debian 12 with backports), libsqlcipher0 (Ubuntu), sqlcipher (Fedora, Arch, Homebrew, vcpkg)",
    };

    public required string Name { get; init; }

    public required string ImportName { get; init; }

    public required IReadOnlyList<string> Linux { get; init; }

    public required IReadOnlyList<string> MacOS { get; init; }

    public required IReadOnlyList<string> Windows { get; init; }

    /// <summary>What to install, for the message.</summary>
    public required string Packages { get; init; }

    /// <summary>The files of this operating system, best first.</summary>
    public IReadOnlyList<string> Files => OperatingSystem.IsWindows() ? Windows : OperatingSystem.IsMacOS() ? MacOS : Linux;
}
