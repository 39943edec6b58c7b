namespace DiscreetDb.Network.Tests.Contract;

internal static class StreamExtensions
{
    public static async Task<byte[]> ReadToEndAsync(this IPeerStream stream)
    {
        using var all = new MemoryStream();
        byte[] buffer = new byte[32 * 1024];
        while (await stream.ReadAsync(buffer) is > 0 and var count)
        {
            all.Write(buffer, 0, count);
        }

        return all.ToArray();
    }

    public static async Task<byte[]> ReadExactlyAsync(this IPeerStream stream, int size)
    {
        byte[] bytes = new byte[size];
        for (int done = 0; done < size;)
        {
            int count = await stream.ReadAsync(bytes.AsMemory(done));
            Assert.NotEqual(0, count);
            done += count;
        }

        return bytes;
    }

    /// <summary>Sends everything back that comes, to its end.</summary>
    public static async Task EchoAsync(this IPeerStream stream)
    {
        byte[] buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer) is > 0 and var count)
        {
            await stream.WriteAsync(buffer.AsMemory(0, count));
        }

        await stream.WriteAsync(default, isLast: true);
    }

    /// <summary>Echoes every stream the peer opens, until the connection ends.</summary>
    public static async Task EchoAllAsync(this IPeerConnection connection)
    {
        List<Task> echoes = [];
        while (await connection.AcceptStreamAsync() is { } stream)
        {
            echoes.RemoveAll(e => e.IsCompletedSuccessfully);
            echoes.Add(stream.EchoAsync());
        }

        await Task.WhenAll(echoes);
    }

    public static async Task<NetworkException> FailsAsync(NetworkFault fault, Func<Task> action)
    {
        NetworkException failure = await Assert.ThrowsAsync<NetworkException>(action);
        Assert.Equal(fault, failure.Fault);
        return failure;
    }
}
