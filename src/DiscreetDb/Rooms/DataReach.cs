namespace DiscreetDb.Rooms;

/// <summary>What the rights commits that count say about data logs (log.md §4.4): cut-offs, and the commits that are pinned.</summary>
internal sealed class DataReach(RightsLedger ledger)
{
    public static void Decide(RightsLedger ledger)
    {
        DataReach reach = new(ledger);
        reach.AddRemovals();
        reach.AddDemotions();
        reach.AddAdmissions();
        reach.AddRevocations();
        foreach (List<LogPin> pins in ledger.Pins.Values)
        {
            pins.Sort(Compare);
        }
    }

    private void AddRemovals()
    {
        foreach (List<RightsEntry<RightsOperation.SetUser>> entries in ledger.Users.Values)
        {
            foreach (RightsEntry<RightsOperation.SetUser> entry in entries.Where(entry => !entry.Value.IsEnabled))
            {
                Add(new CutOff(entry.Place, entry.Value.User), entry.Value.CutOffs);
            }
        }
    }

    private void AddDemotions()
    {
        foreach (List<RightsEntry<RightsOperation.SetRight>> entries in ledger.Rights.Values)
        {
            foreach (RightsEntry<RightsOperation.SetRight> entry in entries.Where(IsLowering))
            {
                Add(new CutOff(entry.Place, null), entry.Value.CutOffs);
            }
        }
    }

    private void Add(CutOff cutOff, IEnumerable<LogPosition> positions)
    {
        foreach (LogPosition position in positions)
        {
            cutOff.Add(position);
            Pin(new LogPin(cutOff.Place, cutOff.UserOrAll, position, IsRevocation: false));
        }

        ledger.CutOffs.Add(cutOff);
    }

    private void AddAdmissions()
    {
        foreach (RightsEntry<RightsOperation.AdmitCommits> admission in ledger.Admissions)
        {
            foreach (LogPosition position in admission.Value.Data)
            {
                Pin(new LogPin(admission.Place, null, position, IsRevocation: false));
                foreach (CutOff cutOff in ledger.CutOffs.Where(cutOff => cutOff.Place.IsBefore(admission.Place)))
                {
                    cutOff.Add(position);
                }
            }
        }
    }

    private void AddRevocations()
    {
        foreach (RightsEntry<RightsOperation.RevokeDevice> revocation in ledger.Revocations)
        {
            Pin(new LogPin(revocation.Place, revocation.Node.Commit.Author, revocation.Value.End, IsRevocation: true));
        }
    }

    /// <summary>
    /// Whether a setting takes away something that the ancestors of its commit gave. What stands before it in the same commit does not matter: a first definition lowers nothing.
    /// </summary>
    private bool IsLowering(RightsEntry<RightsOperation.SetRight> entry)
    {
        int[] before = (int[])entry.Node.Clock.Clone();
        before[entry.Node.Chain]--;
        EntityRights setting = new(entry.Value.MutateSelf, entry.Value.MutateAll);
        return new RightsView(ledger, before).IsLowered(entry.Value.Authorisation, entry.Value.Entity, setting);
    }

    private void Pin(LogPin pin) =>
        (ledger.Pins.TryGetValue(pin.Position.Device, out List<LogPin>? list) ? list : ledger.Pins[pin.Position.Device] = []).Add(pin);

    // A device's own user revokes it without being an admin: what admins pin goes first.
    private static int Compare(LogPin left, LogPin right) => left.IsRevocation == right.IsRevocation
        ? left.Place.CompareTo(right.Place)
        : left.IsRevocation.CompareTo(right.IsRevocation);
}
