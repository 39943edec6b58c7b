namespace DiscreetDb.Core.Tests.Crypto;

public sealed class SecretBytesTests
{
    [Fact]
    public void Disposing_zeroes_the_bytes_and_ends_their_use()
    {
        var secret = new SecretBytes([1, 2, 3]);
        Span<byte> view = secret.Span;

        secret.Dispose();

        Assert.Equal(new byte[3], view.ToArray());
        Assert.Throws<ObjectDisposedException>(() => secret.Span.Length);
    }

    [Fact]
    public void Equality_is_by_content_and_the_text_shows_none_of_it()
    {
        using var secret = new SecretBytes([65, 66, 67]);

        Assert.True(secret.FixedTimeEquals([65, 66, 67]));
        Assert.False(secret.FixedTimeEquals([65, 66, 68]));
        Assert.False(secret.FixedTimeEquals([65, 66]));
        Assert.Equal("SecretBytes(3)", secret.ToString());
    }
}
