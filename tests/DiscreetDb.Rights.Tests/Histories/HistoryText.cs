using System.Collections.Immutable;
using System.Text;
using DiscreetDb.Core;
using DiscreetDb.Rooms;
using static DiscreetDb.Rooms.RightsOperation;

namespace DiscreetDb.RightsTests.Histories;

/// <summary>
/// A history for people: users A, B, …, their devices a1, a2, …, authorisations p, q, commits c0, c1, …, of which the one
/// with the smaller id (its first bytes are shown) is senior at the same height.
/// </summary>
internal sealed class HistoryText(History history)
{
    public string Write()
    {
        StringBuilder text = new();
        text.AppendLine($"seed {history.Seed}");
        foreach (RightsCommit commit in history.Commits)
        {
            text.AppendLine($"  {Name(commit.Id),-4} id {IdStart(commit.Id)}  {UserName(commit.Author)} on {DeviceName(commit.Device)}"
                + $"  after {(commit.Parents.IsEmpty ? "nothing" : Names(commit.Parents))}");
            if (commit.Operations.IsEmpty)
            {
                text.AppendLine("         (merge)");
            }

            foreach (RightsOperation operation in commit.Operations)
            {
                text.AppendLine($"         {Describe(operation)}");
            }
        }

        foreach (IGrouping<Uid, DataCommit> log in history.Data.GroupBy(commit => commit.Device))
        {
            text.AppendLine($"  data of {DeviceName(log.Key)}: {string.Join(", ", log.Select(c => $"{IdStart(c.Id)} = {c.Sequence} after {(c.Previous.IsZero ? "nothing" : IdStart(c.Previous))}"))}");
        }

        return text.ToString();
    }

    public string Describe(Viewpoint viewpoint) => viewpoint switch
    {
        Viewpoint.Everything => "with everything known",
        Viewpoint.Known known => $"in the view of {Names(known.Heads)}",
        Viewpoint.Judged judged => $"in the view that judges data commit {DataName(judged.Commit)}, whose heads are {Names(judged.Heads)}",
        _ => throw new InvalidOperationException($"{viewpoint}"),
    };

    public string UserName(VerifyingKey key) => history.Users.FirstOrDefault(u => u.Key == key)?.Name ?? key.ToString();

    public string AuthorisationName(Uid authorisation) =>
        history.Authorisations.IndexOf(authorisation) is >= 0 and var i ? ((char)('p' + i)).ToString() : authorisation.ToString();

    public string Names(IEnumerable<Hash256> commits) => string.Join(", ", commits.Select(Name).DefaultIfEmpty("nothing"));

    private string Name(Hash256 commit)
    {
        for (int i = 0; i < history.Commits.Length; i++)
        {
            if (history.Commits[i].Id == commit)
            {
                return $"c{i}";
            }
        }

        return $"missing {IdStart(commit)}";
    }

    private static string IdStart(Hash256 id) => Convert.ToHexStringLower(id.ToByteArray().AsSpan(0, 2));

    private string DataName(DataCommit commit) => $"{commit.Sequence} {IdStart(commit.Id)} of {DeviceName(commit.Device)}";

    public string DeviceName(Uid device)
    {
        foreach (HistoryUser user in history.Users)
        {
            if (user.Devices.IndexOf(device) is >= 0 and var i)
            {
                return $"{user.Name.ToLowerInvariant()}{i + 1}";
            }
        }

        return device.ToString();
    }

    private string Describe(RightsOperation operation) => operation switch
    {
        Genesis genesis => $"founds the room for {UserName(genesis.Creator)}",
        SetUser set => $"{(set.IsEnabled ? "enables" : "disables")} {UserName(set.User)} as {ListName(set)}{CutOffs(set.CutOffs)}",
        AddAuthorisation add => $"adds authorisation {AuthorisationName(add.Authorisation)} '{add.Name}'",
        NameAuthorisation name => $"names authorisation {AuthorisationName(name.Authorisation)} '{name.Name}'",
        SetRight set => $"sets {AuthorisationName(set.Authorisation)} {set.Entity} to {(set.MutateSelf ? "self" : "-")} {(set.MutateAll ? "all" : "-")}{CutOffs(set.CutOffs)}",
        AdmitCommits admit => $"admits rights {Names(admit.Rights)}, data {Positions(admit.Data)}",
        RevokeDevice revoke => $"revokes {Positions([revoke.End])}",
        Unknown unknown => $"unknown operation {unknown.Kind}",
        _ => throw new InvalidOperationException($"{operation}"),
    };

    private string ListName(SetUser set) => set.List switch
    {
        UserList.Admin => "admin",
        UserList.User => $"user of {AuthorisationName(set.Authorisation)}",
        _ => $"user admin of {AuthorisationName(set.Authorisation)}",
    };

    private string CutOffs(ImmutableArray<LogPosition> cutOffs) => cutOffs.IsEmpty ? "" : $", cut off at {Positions(cutOffs)}";

    private string Positions(ImmutableArray<LogPosition> positions) =>
        string.Join(", ", positions.Select(p => $"{DeviceName(p.Device)}:{p.Sequence} {IdStart(p.Commit)}").DefaultIfEmpty("none"));
}
