using DiscreetDb.Core;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Log;

/// <summary>A whole row as its table will hold it. <see cref="Values" /> are in the order of <see cref="EntityTable.Columns" />.</summary>
internal sealed class RowImage(EntityTable table)
{
    public EntityTable Table { get; } = table;

    public Uid Id { get; set; }

    /// <summary>Zero for a local row.</summary>
    public Uid Room { get; set; }

    public long Cdate { get; set; }

    public long Mdate { get; set; }

    public int Author { get; set; }

    public int Creator { get; set; }

    public CommitNumber Insert { get; set; }

    public CommitNumber Newest { get; set; }

    public FieldVersions? Versions { get; set; }

    /// <summary>Number of the row on this device, also in the full text.</summary>
    public long Doc { get; set; }

    /// <summary>Values as the log gives them: null where there is none.</summary>
    public Value[] Values { get; } = new Value[table.Columns.Length];

    /// <summary>Whether every required value is there: only then is the row shown (dialect §4).</summary>
    public bool IsComplete
    {
        get
        {
            foreach (int column in Table.RequiredColumns)
            {
                if (Values[column].IsNull)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>The required fields without a value.</summary>
    public IEnumerable<Field> MissingFields => Table.RequiredColumns.Where(column => Values[column].IsNull).Select(column => Table.Columns[column]);

    public void ClearValues() => Array.Clear(Values);
}
