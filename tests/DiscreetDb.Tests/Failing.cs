namespace DiscreetDb.Tests;

/// <summary>Calls that must fail with a code.</summary>
internal static class Failing
{
    public static DiscreetException With(ErrorCode code, Action call)
    {
        DiscreetException failure = Assert.Throws<DiscreetException>(call);
        Assert.Equal(code, failure.Code);
        return failure;
    }

    public static async Task<DiscreetException> WithAsync(ErrorCode code, Func<Task> call)
    {
        DiscreetException failure = await Assert.ThrowsAsync<DiscreetException>(call);
        Assert.Equal(code, failure.Code);
        return failure;
    }
}
