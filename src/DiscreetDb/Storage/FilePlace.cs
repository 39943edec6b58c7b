using System.Buffers.Binary;
using System.Text;
using DiscreetDb.Core;

namespace DiscreetDb.Storage;

/// <summary>
/// Where a database lies: which machine, which path, and when the file beside it was born. Kept in the database as hashes, so
/// that a copy of it tells nobody where it came from.
/// </summary>
/// <param name="Machine">Hash of the machine's id; of nothing where it has none.</param>
/// <param name="Path">Hash of the full path.</param>
/// <param name="BornTicks">Birth of the lock file; 0 where the file system does not keep one.</param>
internal readonly record struct FilePlace(Hash256 Machine, Hash256 Path, long BornTicks)
{
    public const int SizeBytes = Hash256.SizeBytes + Hash256.SizeBytes + sizeof(long);

    private const string MachineIdFile = "/etc/machine-id";

    /// <summary>The place of a database whose lock file was written at least once.</summary>
    public static FilePlace Of(string path, string lockFile)
    {
        // Where a file system keeps no birth, .NET shows the last change instead: a birth counts once they differ.
        DateTime born = File.GetCreationTimeUtc(lockFile);
        bool isBorn = born < File.GetLastWriteTimeUtc(lockFile);
        return new FilePlace(HashOf(MachineId()), HashOf(System.IO.Path.GetFullPath(path)), isBorn ? born.Ticks : 0);
    }

    public static FilePlace? Read(ReadOnlySpan<byte> bytes) => bytes.Length != SizeBytes
        ? null
        : new FilePlace(
            new Hash256(bytes[..Hash256.SizeBytes]),
            new Hash256(bytes.Slice(Hash256.SizeBytes, Hash256.SizeBytes)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[(2 * Hash256.SizeBytes)..]));

    public void Write(Span<byte> destination)
    {
        Machine.CopyTo(destination);
        Path.CopyTo(destination[Hash256.SizeBytes..]);
        BinaryPrimitives.WriteInt64LittleEndian(destination[(2 * Hash256.SizeBytes)..], BornTicks);
    }

    /// <summary>
    /// Whether a database that was left in one place is still the one that was left there. On Linux a copy is born anew, and
    /// a file that moves keeps its birth; elsewhere copies may keep it too, so the path counts as well.
    /// </summary>
    public bool IsSame(FilePlace other)
    {
        bool areBorn = BornTicks != 0 && other.BornTicks != 0;
        return Machine == other.Machine
            && (!areBorn || BornTicks == other.BornTicks)
            && ((areBorn && OperatingSystem.IsLinux()) || Path == other.Path);
    }

    private static Hash256 HashOf(string text) => Blake3.Hash(Encoding.UTF8.GetBytes(text));

    private static string MachineId()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Environment.MachineName;
        }

        // A container's name is new at every start; it mostly has no id either, and then the other signs must do.
        try
        {
            return File.Exists(MachineIdFile) ? File.ReadAllText(MachineIdFile) : string.Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
