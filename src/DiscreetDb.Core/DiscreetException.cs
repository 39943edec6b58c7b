namespace DiscreetDb;

/// <summary>The one exception of the engine: a code, a message with the names and numbers, and a place where there is one.</summary>
public sealed class DiscreetException : Exception
{
    /// <summary>A failure with its code and message.</summary>
    public DiscreetException(ErrorCode code, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
    }

    /// <summary>A failure found while reading a text.</summary>
    public DiscreetException(ErrorCode code, string message, SourceLocation location)
        : base($"{message} ({location}: `{location.Excerpt}`)")
    {
        Code = code;
        Location = location;
    }

    /// <summary>What went wrong.</summary>
    public ErrorCode Code { get; }

    /// <summary>Where in the text, if a text was at fault.</summary>
    public SourceLocation? Location { get; }

    /// <summary>Whether the same call may succeed later without a change by the caller.</summary>
    public bool IsTransient => Code is ErrorCode.DatabaseInUse or ErrorCode.DiskFull or ErrorCode.TimedOut;
}
