using DiscreetDb.Core;

namespace DiscreetDb.Log;

/// <summary>
/// Which commit gave each field its value, for the fields that no longer have the one of the insert: the content of
/// <c>$versions</c>, pairs of field number and commit number in ascending order of fields.
/// </summary>
internal sealed class FieldVersions
{
    private readonly SortedList<int, long> _commits = [];

    public bool IsEmpty => _commits.Count == 0;

    public IEnumerable<(int Field, CommitNumber Commit)> Entries => _commits.Select(pair => (pair.Key, new CommitNumber(pair.Value)));

    public static FieldVersions Decode(ReadOnlySpan<byte> bytes)
    {
        FieldVersions versions = new();
        WireReader reader = new(bytes);
        while (reader.Remaining > 0)
        {
            if (!reader.TryReadVarUInt(out ulong field) || !reader.TryReadVarUInt(out ulong commit))
            {
                throw new DiscreetException(ErrorCode.DatabaseCorrupt, "The versions of a row are damaged. Rebuild the tables from the log.");
            }

            versions._commits[(int)field] = (long)commit;
        }

        return versions;
    }

    public CommitNumber? Find(int field) => _commits.TryGetValue(field, out long commit) ? new CommitNumber(commit) : null;

    public void Set(int field, CommitNumber commit) => _commits[field] = commit.Value;

    public void Remove(int field) => _commits.Remove(field);

    public void Encode(WireWriter writer)
    {
        for (int i = 0; i < _commits.Count; i++)
        {
            writer.WriteVarUInt((ulong)_commits.GetKeyAtIndex(i));
            writer.WriteVarUInt((ulong)_commits.GetValueAtIndex(i));
        }
    }
}
