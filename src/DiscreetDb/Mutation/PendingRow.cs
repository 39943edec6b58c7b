using System.Diagnostics;
using DiscreetDb.Core;
using DiscreetDb.Language;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Mutation;

/// <summary>
/// One row a document speaks of, and what the document wants of it: everything its objects assign, in the order of the
/// text. Objects with the same id share one pending row, so several changes of a row are all kept (dialect §7.2).
/// </summary>
internal sealed class PendingRow
{
    private PendingRow(Entity entity, Uid id, StoredRow stored, bool isNew, SourceSpan span)
    {
        Entity = entity;
        Id = id;
        Stored = stored;
        IsNew = isNew;
        TargetRoom = stored.Room;
        Span = span;
    }

    public Entity Entity { get; }

    /// <summary>The id the row has before the document; of a new row none until it is inserted.</summary>
    public Uid Id { get; private set; }

    /// <summary>The id of the row a move made, while the old one still stands beside it.</summary>
    public Uid? MovedId { get; private set; }

    /// <summary>The id the row has after the document, as far as it is written.</summary>
    public Uid FinalId => MovedId ?? Id;

    /// <summary>The row as it was before the document.</summary>
    public StoredRow Stored { get; }

    public bool IsNew { get; }

    /// <summary>The room the row is to be in.</summary>
    public Uid? TargetRoom { get; set; }

    /// <summary>Whether an existing row changes its room: it is inserted there and deleted here.</summary>
    public bool IsMoved => !IsNew && TargetRoom != Stored.Room;

    /// <summary>Where the document first speaks of the row.</summary>
    public SourceSpan Span { get; }

    /// <summary>The last value assigned to each scalar, and to <c>_binary</c>.</summary>
    public List<FieldAssignment> Values { get; } = [];

    /// <summary>The last target assigned to each single relation.</summary>
    public List<PendingReference> References { get; } = [];

    public List<PendingLinks> Links { get; } = [];

    public static PendingRow New(Entity entity, Uid? room, VerifyingKey user, SourceSpan span) =>
        new(entity, default, new StoredRow(room, 0, user), isNew: true, span);

    public static PendingRow Existing(Entity entity, Uid id, StoredRow stored, SourceSpan span) =>
        new(entity, id, stored, isNew: false, span);

    public void Set(Field field, Value value)
    {
        FieldAssignment assignment = new(field, value);
        int index = Values.FindIndex(other => ReferenceEquals(other.Field, field));
        if (index < 0)
        {
            Values.Add(assignment);
            return;
        }

        Values[index] = assignment;
    }

    /// <summary>A null target removes the link.</summary>
    public void Refer(Field field, PendingRow? target)
    {
        PendingReference reference = new(field, target);
        int index = References.FindIndex(other => ReferenceEquals(other.Field, field));
        if (index < 0)
        {
            References.Add(reference);
            return;
        }

        References[index] = reference;
    }

    /// <summary>Whether the document assigns this scalar or single relation.</summary>
    public bool Assigns(Field field) =>
        Values.Exists(value => ReferenceEquals(value.Field, field)) || References.Exists(reference => ReferenceEquals(reference.Field, field));

    public PendingLinks LinksOf(Field field)
    {
        PendingLinks? links = Links.Find(other => ReferenceEquals(other.Field, field));
        if (links is null)
        {
            links = new PendingLinks(field);
            Links.Add(links);
        }

        return links;
    }

    /// <summary>Notes the id the row was inserted under: the first of a new row, or the one a move made.</summary>
    public void SetInserted(Uid id)
    {
        Debug.Assert(IsNew || IsMoved, "Only new and moved rows are inserted.");
        if (IsNew)
        {
            Id = id;
            return;
        }

        MovedId = id;
    }
}

/// <summary>A single relation of a pending row; a null target removes the link.</summary>
internal readonly record struct PendingReference(Field Field, PendingRow? Target);

/// <summary>A multiple relation of a pending row: whether the present links go, and the targets that are added after that.</summary>
internal sealed class PendingLinks(Field field)
{
    private readonly HashSet<PendingRow> _added = [];

    public Field Field { get; } = field;

    /// <summary>Whether links the row had before the document go, unless they were added again.</summary>
    public bool IsCleared { get; private set; }

    /// <summary>The targets in the order of the text, each once.</summary>
    public List<PendingRow> Added { get; } = [];

    public void Add(PendingRow target)
    {
        if (_added.Add(target))
        {
            Added.Add(target);
        }
    }

    public bool IsAdded(PendingRow target) => _added.Contains(target);

    /// <summary>Clears what stands before it in the text, links of this document included.</summary>
    public void Clear()
    {
        IsCleared = true;
        Added.Clear();
        _added.Clear();
    }
}
