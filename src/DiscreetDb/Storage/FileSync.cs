using System.Runtime.InteropServices;
using System.Text;

namespace DiscreetDb.Storage;

/// <summary>Files that are under their name on the disk, or not at all.</summary>
internal static unsafe partial class FileSync
{
    private const string LibC = "libc";

    /// <summary>Brings a complete file under its final name, replacing an older one, durably.</summary>
    public static void Rename(string from, string to)
    {
        using (Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(from, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(from, to, overwrite: true);
        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(to)) ?? ".");
    }

    /// <summary>A rename is durable when the folder is. Windows keeps names in its journal; elsewhere the folder is flushed.</summary>
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor;
        fixed (byte* path = Encoding.UTF8.GetBytes(folder + '\0'))
        {
            descriptor = Open(path, 0);
        }

        if (descriptor >= 0)
        {
            _ = Flush(descriptor);
            _ = Close(descriptor);
        }
    }

    [LibraryImport(LibC, EntryPoint = "open")]
    private static partial int Open(byte* path, int flags);

    [LibraryImport(LibC, EntryPoint = "fsync")]
    private static partial int Flush(int descriptor);

    [LibraryImport(LibC, EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
