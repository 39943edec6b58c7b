using System.Diagnostics;

namespace DiscreetDb.EngineTests.Storage;

public sealed class LockTests
{
    [Fact]
    public void A_database_another_process_holds_is_in_use_until_that_process_is_killed()
    {
        Assert.True(OperatingSystem.IsLinux(), "The test locks the file with the command flock.");
        using TestDatabase test = new();
        test.Close();
        using Process other = Process.Start(new ProcessStartInfo("flock", ["--no-fork", test.Path + ".lock", "sh", "-c", "echo locked; exec sleep 600"]) { RedirectStandardOutput = true })!;
        Assert.Equal("locked", other.StandardOutput.ReadLine());

        OpenTests.AssertFails(ErrorCode.DatabaseInUse, test.Options);

        other.Kill();
        other.WaitForExit();
        test.Reopen();
        Assert.Equal(0, test.Count());
    }

    [Fact]
    public void A_closed_database_can_be_opened_again_at_once()
    {
        using TestDatabase test = new();

        for (int i = 0; i < 20; i++)
        {
            test.Reopen();
        }

        Assert.Equal(0, test.Count());
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_read_only()
    {
        using TestDatabase test = new();
        test.Close();
        Assert.True(OperatingSystem.IsLinux(), "The test uses a folder of the system nobody can write.");

        // A privileged user may write wherever permissions forbid it, but not into the kernel's tree.
        OpenTests.AssertFails(ErrorCode.ReadOnly, test.Options with { Path = "/sys/discreet/test.db" });
        OpenTests.AssertFails(ErrorCode.ReadOnly, test.Options with { Path = "/sys/kernel/test.db" });
    }

    [Fact]
    public void A_folder_that_is_a_file_is_a_failure_of_storage()
    {
        using TestDatabase test = new();

        OpenTests.AssertFails(ErrorCode.StorageFailed, test.Options with { Path = Path.Combine(test.Path, "test.db") });
    }
}
