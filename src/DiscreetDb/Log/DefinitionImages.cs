using System.Text;
using DiscreetDb.Core;
using DiscreetDb.Query.Model;
using DiscreetDb.Rooms;

namespace DiscreetDb.Log;

/// <summary>Composes the rows of room definitions as their tables hold them.</summary>
internal sealed class DefinitionImages(LogStore log)
{
    private readonly Dictionary<string, RowImage> _images = new(StringComparer.Ordinal);

    /// <summary>The row as its table is to hold it; valid until the next one.</summary>
    public RowImage ImageOf(ProjectionTables tables, Uid room, DefinitionRow row)
    {
        EntityTable table = tables.Definition(row.Entity);
        if (!_images.TryGetValue(row.Entity, out RowImage? image) || image.Table != table)
        {
            _images[row.Entity] = image = new RowImage(table);
        }

        DeviceLog insert = LogOf(room, row.Insert);
        DeviceLog newest = LogOf(room, row.Newest);
        image.Id = row.Id;
        image.Cdate = row.Insert.Hlc.Milliseconds;
        image.Mdate = row.Newest.Hlc.Milliseconds;
        image.Creator = insert.Author.UserNo;
        image.Author = newest.Author.UserNo;
        image.Insert = insert.NumberOf(row.Insert.Sequence);
        image.Newest = newest.NumberOf(row.Newest.Sequence);
        image.ClearValues();
        foreach ((string name, Value value) in row.Values)
        {
            Field field = image.Table.FindField(name) ?? throw new InvalidOperationException($"{row.Entity} has the field {name}.");
            image.Values[image.Table.ColumnOf(field)] = row.Entity == DefinitionRows.EntityRight && name == "entity" ? Shown(tables.Model, value) : value;
        }

        return image;
    }

    /// <summary>The number of a rights commit of a room.</summary>
    public CommitNumber NumberOf(Uid room, RightsCommit commit) => LogOf(room, commit).NumberOf(commit.Sequence);

    // The log names an entity as it was first called, a query as it is called now.
    private Value Shown(DataModel model, Value logName) =>
        model.FindByLogName(Encoding.UTF8.GetString(logName.AsBytes.Span)) is { } entity ? Value.Text(entity.CanonicalName) : logName;

    private DeviceLog LogOf(Uid room, RightsCommit commit) =>
        log.Logs.Find(room, commit.Device, CommitKind.Rights)
        ?? throw new DiscreetException(ErrorCode.DatabaseCorrupt, $"The rights log of device {commit.Device} in room {room} is missing. Verify the database, then repair it.");
}
