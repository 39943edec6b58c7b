using DiscreetDb.RightsTests.Histories;
using DiscreetDb.Rooms;
using static DiscreetDb.Rooms.RightsOperation;

namespace DiscreetDb.RightsTests.Naive;

/// <summary>
/// The data log of a device as log.md §4.4 and §4.5 and ADR 0018 define it: of all its known commits those that can count.
/// Sets of commits; no branches, no sequences where an ancestor will do.
/// </summary>
internal sealed class NaiveDataLog
{
    private readonly List<DataCommit> _known;

    /// <summary>The log as pins and forks make it; a revocation may end it earlier.</summary>
    private readonly List<DataCommit> _whole = [];

    private readonly List<DataCommit> _log;

    /// <summary>The last commit that is pinned; null for none.</summary>
    private readonly DataCommit? _pinned;

    public NaiveDataLog(NaiveRights rights, HistoryUser user, Uid device, IEnumerable<DataCommit> data)
    {
        _known = [.. data.Where(c => c.Device == device)];

        // Admins pin by cut-offs and admissions, in rank order; then the device's own user by revocations.
        List<(NaiveOperation By, LogPosition Position)> named = [.. rights.Counting
            .OrderBy(o => rights.Height(o.Id)).ThenBy(o => o.Id).ThenBy(o => o.Index)
            .SelectMany(o => rights.NamedBy(o, user.Key).Where(p => p.Device == device).Select(p => (o, p)))];
        List<(NaiveOperation By, LogPosition Position)> revocations = named.FindAll(n => n.By.Operation is RevokeDevice);
        foreach ((_, LogPosition position) in named.Except(revocations).Concat(revocations))
        {
            // It holds if what it names is known and follows what is pinned already.
            if (Find(position) is { } commit && (_pinned is null || IsBefore(_pinned, commit)))
            {
                _pinned = commit;
            }
        }

        // Exactly what leads to the pinned commit, and then on, as long as there is one way on.
        _whole.AddRange(_known.Where(c => c == _pinned || (_pinned is not null && IsBefore(c, _pinned))));
        DataCommit? last = _pinned;
        while (_known.Where(c => c.Previous == (last?.Id ?? default)).ToList() is [var next])
        {
            _whole.Add(next);
            last = next;
        }

        // A revocation voids what lies above its position, which is everything if the log does not contain it.
        _log = _whole.FindAll(c => revocations.TrueForAll(r => Find(r.Position) is { } end && OnOneLine(end) && (c == end || IsBefore(c, end))));
    }

    public DataCommit? Last => _log.MaxBy(c => c.Sequence);

    public bool Contains(DataCommit commit) => _log.Contains(commit);

    /// <summary>Whether one of these positions names the commit, or one of the log that it leads to.</summary>
    public bool LeadsToOneOf(IEnumerable<LogPosition> positions, DataCommit commit) =>
        positions.Any(p => Find(p) is { } named && OnOneLine(named) && (named == commit || IsBefore(commit, named)));

    private bool OnOneLine(DataCommit commit) => commit == _pinned || (_pinned is not null && IsBefore(commit, _pinned));

    private DataCommit? Find(LogPosition position) => _known.Find(c => c.Id == position.Commit && c.Sequence == position.Sequence);

    private bool IsBefore(DataCommit first, DataCommit second) =>
        _known.Find(c => c.Id == second.Previous) is { } previous && (previous == first || IsBefore(first, previous));
}
