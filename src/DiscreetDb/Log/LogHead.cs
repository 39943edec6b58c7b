using DiscreetDb.Core;

namespace DiscreetDb.Log;

/// <summary>
/// The end of one log: what the next commit derives its header from. Immutable; a log without commits has sequence 0, a
/// zero id and a zero clock.
/// </summary>
internal sealed record LogHead
{
    public required Uid Room { get; init; }

    public required Uid Device { get; init; }

    public required CommitKind Kind { get; init; }

    /// <summary>Hash of the author's certificate, the same along the whole log.</summary>
    public required Hash256 Certificate { get; init; }

    /// <summary>Sequence of the last commit; 0 before the first.</summary>
    public long Sequence { get; init; }

    /// <summary>Id of the last commit.</summary>
    public Hash256 Id { get; init; }

    public Hlc Hlc { get; init; }

    /// <summary>Rights heads of the last commit.</summary>
    public ReadOnlyMemory<Hash256> Heads { get; init; }

    public static LogHead Empty(DeviceLog log) => Empty(log.Room, log.Kind, log.Author.Certificate);

    /// <summary>The head of a log that has no commit yet.</summary>
    public static LogHead Empty(Uid room, CommitKind kind, DeviceCertificate certificate) => new()
    {
        Room = room,
        Device = certificate.Device,
        Kind = kind,
        Certificate = certificate.Hash,
    };

    /// <summary>The header of the next commit.</summary>
    public CommitHeader Next(Hlc hlc, ReadOnlyMemory<Hash256> heads, CommitBody body) => new()
    {
        Position = NextPosition(hlc),
        IsGenesis = Kind == CommitKind.Rights && Sequence == 0 && heads.IsEmpty && RightsBody.BeginsWithGenesis(body),
        Previous = Id,
        Certificate = Certificate,
        Heads = heads,
        OperationCount = body.Operations.Length,
        Root = body.ComputeRoot(),
    };

    public CommitPosition NextPosition(Hlc hlc) => new(Room, Device, Kind, Sequence + 1, hlc);

    /// <summary>The end of the log with this commit appended.</summary>
    public LogHead With(Commit commit) => this with
    {
        Sequence = commit.Position.Sequence,
        Id = commit.Id,
        Hlc = commit.Position.Hlc,
        Heads = commit.Header.Heads,
    };
}
