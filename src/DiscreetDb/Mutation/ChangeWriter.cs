using System.Runtime.InteropServices;
using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.Rooms;

namespace DiscreetDb.Mutation;

/// <summary>
/// Second pass: turns what was collected into operations of the commit batch. Only differences become operations, each
/// after its right was asked for; whatever throws takes the whole document back with its savepoint.
/// </summary>
internal sealed class ChangeWriter(List<PendingRow> rows, MutationContext context)
{
    private readonly List<FieldAssignment> _values = [];
    private readonly List<LinkChange> _links = [];

    public void Write()
    {
        // Backwards: the text names a new row after the row that links to it, and the link needs its id.
        for (int i = rows.Count - 1; i >= 0; i--)
        {
            if (rows[i].IsNew || rows[i].IsMoved)
            {
                Insert(rows[i]);
            }
        }

        context.Batch.Project();
        foreach (PendingRow row in rows)
        {
            Change(row);
        }
    }

    private void Insert(PendingRow row)
    {
        _values.Clear();
        if (row.IsMoved)
        {
            context.Demand(RightsAction.Delete, row.Entity, row.Stored.Room, row.Stored.Creator, row.Span);
            context.Reader.ReadValues(row.Entity, row.Id, _values);
            _values.RemoveAll(stored => row.Assigns(stored.Field));
        }

        context.Demand(RightsAction.Insert, row.Entity, row.TargetRoom, context.User, row.Span);
        AddAssigned(row);
        row.SetInserted(context.Batch.Insert(row.Entity, row.TargetRoom, CollectionsMarshal.AsSpan(_values)));
    }

    // Null is left out of an insertion: null and absent are one thing (dialect §3.3).
    private void AddAssigned(PendingRow row)
    {
        foreach (FieldAssignment assignment in row.Values)
        {
            if (!assignment.Value.IsNull)
            {
                _values.Add(assignment);
            }
        }

        foreach (PendingReference reference in row.References)
        {
            if (reference.Target is { } target)
            {
                _values.Add(new FieldAssignment(reference.Field, Value.Reference(target.FinalId)));
            }
        }
    }

    private void Change(PendingRow row)
    {
        _values.Clear();
        _links.Clear();
        if (row.IsNew)
        {
            AddAllLinks(row);
        }
        else if (row.IsMoved)
        {
            CopyLinks(row);
        }
        else
        {
            _values.AddRange(row.Values);
            AddChangedReferences(row);
            AddChangedLinks(row);
            if (_values.Count + _links.Count > 0)
            {
                context.Demand(RightsAction.Update, row.Entity, row.Stored.Room, row.Stored.Creator, row.Span);
            }
        }

        Emit(row);
    }

    private void Emit(PendingRow row)
    {
        if (_values.Count > 0)
        {
            DemandSize(row);
            context.Batch.Update(row.Entity, row.TargetRoom, row.FinalId, CollectionsMarshal.AsSpan(_values));
        }

        foreach (LinkChange link in _links)
        {
            if (link.IsPresent)
            {
                context.Batch.Link(row.Entity, row.TargetRoom, row.FinalId, link.Field, link.Target);
            }
            else
            {
                context.Batch.Unlink(row.Entity, row.TargetRoom, row.FinalId, link.Field, link.Target);
            }
        }
    }

    // The log bounds each operation; a row grows by many of them.
    private void DemandSize(PendingRow row)
    {
        if (!_values.Exists(assignment => assignment.Value.Kind is ValueKind.Text or ValueKind.Json or ValueKind.Bytes))
        {
            return;
        }

        long size = context.Reader.ContentSizeAfter(row.Entity, row.Id, _values);
        if (size > Limits.RowSizeBytes)
        {
            throw new DiscreetException(
                ErrorCode.RowTooLarge, $"The row {row.Id} of {row.Entity} would have {size} bytes; a row has at most {Limits.RowSizeBytes}.");
        }
    }

    private void AddChangedReferences(PendingRow row)
    {
        foreach (PendingReference reference in row.References)
        {
            // Compared by the id before the document: a target that only moved is re-pointed with every other link to it.
            Uid? present = context.Reader.Reference(row.Entity, row.Id, reference.Field);
            if (reference.Target is null ? present is not null : reference.Target.IsNew || present != reference.Target.Id)
            {
                Value value = reference.Target is null ? Value.Null : Value.Reference(reference.Target.FinalId);
                _values.Add(new FieldAssignment(reference.Field, value));
            }
        }
    }

    private void AddChangedLinks(PendingRow row)
    {
        foreach (PendingLinks links in row.Links)
        {
            if (links.IsCleared)
            {
                ReplaceLinks(row, links);
                continue;
            }

            foreach (PendingRow target in links.Added)
            {
                if (target.IsNew || !context.Reader.HasLink(row.Entity, row.Id, links.Field, target.Id))
                {
                    _links.Add(new LinkChange(links.Field, target.FinalId, IsPresent: true));
                }
            }
        }
    }

    private void ReplaceLinks(PendingRow row, PendingLinks links)
    {
        HashSet<Uid> present = [.. context.Reader.Links(row.Entity, row.Id, links.Field)];
        HashSet<Uid> kept = [];
        foreach (PendingRow target in links.Added)
        {
            if (!target.IsNew && present.Contains(target.Id))
            {
                kept.Add(target.Id);
                continue;
            }

            _links.Add(new LinkChange(links.Field, target.FinalId, IsPresent: true));
        }

        foreach (Uid target in present)
        {
            if (!kept.Contains(target))
            {
                _links.Add(new LinkChange(links.Field, target, IsPresent: false));
            }
        }
    }

    private void AddAllLinks(PendingRow row)
    {
        foreach (PendingLinks links in row.Links)
        {
            foreach (PendingRow target in links.Added)
            {
                _links.Add(new LinkChange(links.Field, target.FinalId, IsPresent: true));
            }
        }
    }

    private void CopyLinks(PendingRow row)
    {
        foreach (Field field in row.Entity.Fields)
        {
            if (field.Type == FieldType.Links)
            {
                CopyLinks(row, field, row.Links.Find(links => ReferenceEquals(links.Field, field)));
            }
        }
    }

    private void CopyLinks(PendingRow row, Field field, PendingLinks? assigned)
    {
        HashSet<Uid> copied = assigned is { IsCleared: true } ? [] : [.. context.Reader.Links(row.Entity, row.Id, field)];
        foreach (Uid target in copied)
        {
            _links.Add(new LinkChange(field, target, IsPresent: true));
        }

        foreach (PendingRow target in assigned?.Added ?? [])
        {
            if (target.IsNew || !copied.Contains(target.Id))
            {
                _links.Add(new LinkChange(field, target.FinalId, IsPresent: true));
            }
        }
    }

    private readonly record struct LinkChange(Field Field, Uid Target, bool IsPresent);
}
