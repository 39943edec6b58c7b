namespace DiscreetDb.Differential.Data;

/// <summary>One row as the naive model keeps it. Values and links are kept by the key of their field.</summary>
internal sealed class StoredRow(string entity)
{
    public string Entity { get; } = entity;

    /// <summary>Known only from the answer of the engine.</summary>
    public byte[]? Id { get; set; }

    public bool InPrivateRoom { get; set; }

    public long Created { get; set; }

    public long Modified { get; set; }

    public byte[]? Binary { get; set; }

    /// <summary>Stored values; an absent key is a value the row never had.</summary>
    public Dictionary<string, object?> Values { get; } = [];

    /// <summary>Targets of single and multiple relations.</summary>
    public Dictionary<string, List<StoredRow>> Links { get; } = [];

    /// <summary>Single relations whose target was deleted: nothing is seen of them, but clearing one is a change of the row.</summary>
    public HashSet<string> Dangling { get; } = [];

    public List<StoredRow> LinksOf(string fieldKey)
    {
        if (!Links.TryGetValue(fieldKey, out List<StoredRow>? targets))
        {
            Links[fieldKey] = targets = [];
        }

        return targets;
    }
}
