using DiscreetDb.Differential.Models;

namespace DiscreetDb.Differential.Data;

/// <summary>Everything a database holds, as dictionaries and lists.</summary>
internal sealed class DataStore(ModelSpec model, byte[] privateRoom, byte[] verifyingKey)
{
    private readonly List<StoredRow> _rows = [];

    /// <summary>The model in force.</summary>
    public ModelSpec Model { get; set; } = model;

    public byte[] PrivateRoom { get; } = privateRoom;

    public byte[] VerifyingKey { get; } = verifyingKey;

    public IReadOnlyList<StoredRow> Rows => _rows;

    public IEnumerable<StoredRow> RowsOf(string entityKey) => _rows.Where(r => r.Entity == entityKey);

    public StoredRow? Find(string entityKey, byte[] id) => RowsOf(entityKey).FirstOrDefault(r => r.Id!.AsSpan().SequenceEqual(id));

    public void Add(StoredRow row) => _rows.Add(row);

    /// <summary>Removes a row and every link from and to it.</summary>
    public void Remove(StoredRow row)
    {
        _rows.Remove(row);
        foreach (StoredRow source in _rows)
        {
            foreach ((string field, List<StoredRow> targets) in source.Links)
            {
                if (targets.Remove(row))
                {
                    source.Dangling.Add(field);
                }
            }
        }
    }

    /// <summary>Takes from a row, and from links to it, what belongs to fields the model does not have any more.</summary>
    public void Forget(StoredRow row)
    {
        foreach (StoredRow source in _rows)
        {
            HashSet<string> known = [.. Model.Get(source.Entity).Fields.Select(f => f.Key)];
            foreach ((_, List<StoredRow> targets) in source.Links.Where(l => !known.Contains(l.Key)))
            {
                targets.Remove(row);
            }
        }

        HashSet<string> own = [.. Model.Get(row.Entity).Fields.Select(f => f.Key)];
        foreach (string removed in row.Values.Keys.Concat(row.Links.Keys).Where(k => !own.Contains(k)).ToArray())
        {
            row.Values.Remove(removed);
            row.Links.Remove(removed);
        }
    }

    /// <summary>What a reader sees in a field: the default where a value was never stored; an Integer widened to Float.</summary>
    public static object? Effective(StoredRow row, FieldSpec field)
    {
        object? value = row.Values.GetValueOrDefault(field.Key) ?? field.Default;
        return field.Kind == FieldKind.Float && value is long integer ? (double)integer : value;
    }

    /// <summary>A copy that may be changed and thrown away.</summary>
    public DataStore Clone()
    {
        var copy = new DataStore(Model, PrivateRoom, VerifyingKey);
        Dictionary<StoredRow, StoredRow> copies = _rows.ToDictionary(r => r, CopyWithoutLinks);
        foreach ((StoredRow original, StoredRow row) in copies)
        {
            foreach ((string field, List<StoredRow> targets) in original.Links)
            {
                row.Links[field] = [.. targets.Select(t => copies[t])];
            }
        }

        copy._rows.AddRange(copies.Values);
        return copy;
    }

    private static StoredRow CopyWithoutLinks(StoredRow row)
    {
        var copy = new StoredRow(row.Entity)
        {
            Id = row.Id,
            InPrivateRoom = row.InPrivateRoom,
            Created = row.Created,
            Modified = row.Modified,
            Binary = row.Binary,
        };
        foreach ((string field, object? value) in row.Values)
        {
            copy.Values[field] = value;
        }

        copy.Dangling.UnionWith(row.Dangling);

        return copy;
    }
}
