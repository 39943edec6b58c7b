namespace DiscreetDb.Core.Tests.Native;

public sealed class NativeLibrariesTests
{
    private static readonly NativeLibraryFiles Absent = NativeLibraryFiles.Sodium with
    {
        Name = "libabsent",
        Linux = ["libdiscreet-absent.so.7"],
        MacOS = ["libdiscreet-absent.dylib"],
        Windows = ["discreet-absent.dll"],
        Packages = "libabsent7 (Debian)",
    };

    [Fact]
    public void A_missing_library_names_the_package_the_files_and_the_folders()
    {
        var failure = Assert.Throws<DiscreetException>(() => NativeLibraries.Find(Absent, ["/first-folder", "/second-folder"]));

        Assert.Equal(ErrorCode.NativeLibraryMissing, failure.Code);
        Assert.Contains("libabsent7 (Debian)", failure.Message);
        Assert.Contains(Absent.Files[0], failure.Message);
        Assert.Contains("/first-folder, /second-folder", failure.Message);
        Assert.Contains("DISCREET_NATIVE_PATH", failure.Message);
    }

    [Fact]
    public void A_file_that_is_no_library_is_named_with_the_reason()
    {
        string folder = Directory.CreateTempSubdirectory("discreet-native").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, Absent.Files[0]), "not a library");

            var failure = Assert.Throws<DiscreetException>(() => NativeLibraries.Find(Absent, [folder]));

            Assert.Contains($"do not load: {Path.Combine(folder, Absent.Files[0])}", failure.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void An_import_name_gives_the_handle_of_its_library_and_another_name_none()
    {
        nint handle = NativeLibraries.Resolve("sodium", typeof(NativeLibrariesTests).Assembly, null);

        Assert.NotEqual(0, handle);
        Assert.Equal(handle, NativeLibraries.Load(NativeLibraryFiles.Sodium));
        Assert.Equal(0, NativeLibraries.Resolve("another", typeof(NativeLibrariesTests).Assembly, null));
    }

    [Fact]
    public void Both_libraries_are_loaded_ahead_of_their_use()
    {
        NativeLibraries.Ensure();

        Assert.NotEqual(0, NativeLibraries.Resolve("sqlcipher", typeof(NativeLibrariesTests).Assembly, null));
    }
}
