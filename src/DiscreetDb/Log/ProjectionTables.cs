using DiscreetDb.Query.Model;

namespace DiscreetDb.Log;

/// <summary>The tables of one model version, found by the names the log uses.</summary>
internal sealed class ProjectionTables
{
    private readonly Dictionary<string, EntityTable> _byLogName;
    private readonly Dictionary<Entity, EntityTable> _byEntity = [];
    private readonly Dictionary<Entity, List<LinkTable>> _linksTo = [];

    public ProjectionTables(DataModel model)
    {
        Model = model;
        _byLogName = new Dictionary<string, EntityTable>(model.Entities.Length, StringComparer.Ordinal);
        foreach (Entity entity in model.Entities)
        {
            Add(new EntityTable(entity));
        }
    }

    public DataModel Model { get; }

    public int Count => _byEntity.Count;

    public IEnumerable<EntityTable> All => _byEntity.Values;

    /// <summary>
    /// The table that shows rows of data commits by an entity's log name. Room definitions have tables too, but no data
    /// commit writes to them, whatever it says.
    /// </summary>
    public EntityTable? Find(string logName) => DefinitionRows.Holds(logName) ? null : _byLogName.GetValueOrDefault(logName);

    /// <summary>The table of <c>sys.Room</c> or one of its parts.</summary>
    public EntityTable Definition(string logName) => _byLogName[logName];

    public EntityTable Of(Entity entity) => _byEntity[entity];

    /// <summary>The link tables whose links end at rows of the entity.</summary>
    public IReadOnlyList<LinkTable> LinksTo(Entity entity) =>
        _linksTo.TryGetValue(entity, out List<LinkTable>? links) ? links : [];

    private void Add(EntityTable table)
    {
        _byLogName.Add(table.Entity.LogName, table);
        _byEntity.Add(table.Entity, table);
        foreach (LinkTable links in table.Links)
        {
            if (!_linksTo.TryGetValue(links.Field.Target!, out List<LinkTable>? list))
            {
                _linksTo.Add(links.Field.Target!, list = []);
            }

            list.Add(links);
        }
    }
}
