using System.Buffers.Binary;
using DiscreetDb.Core;
using DiscreetDb.Rooms;

namespace DiscreetDb.Benchmarks;

/// <summary>A long definition of a room: an admin enables and disables users, one commit each.</summary>
internal static class RightsChain
{
    public static RightsCommit[] Make(int count)
    {
        VerifyingKey admin = new(Bytes(0, VerifyingKey.SizeBytes));
        Uid device = new(Bytes(1, Uid.SizeBytes));
        Uid crew = new(Bytes(2, Uid.SizeBytes));
        RightsCommit[] commits = new RightsCommit[count];
        commits[0] = new RightsCommit(
            new Hash256(Bytes(3, Hash256.SizeBytes)), admin, device, [],
            [
                new RightsOperation.Genesis(admin, new byte[16]),
                new RightsOperation.AddAuthorisation(crew, "crew"),
                new RightsOperation.SetRight(crew, "*", MutateSelf: true, MutateAll: true, []),
            ]);
        for (int i = 1; i < count; i++)
        {
            VerifyingKey user = new(Bytes(10_000 + (i / 2 % 500), VerifyingKey.SizeBytes));
            commits[i] = new RightsCommit(
                new Hash256(Bytes(100_000 + i, Hash256.SizeBytes)), admin, device, [commits[i - 1].Id],
                [new RightsOperation.SetUser(UserList.User, crew, user, IsEnabled: i % 2 == 0, [])]);
        }

        return commits;
    }

    private static byte[] Bytes(int number, int size)
    {
        byte[] bytes = new byte[size];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
