using DiscreetDb.Differential.Answers;
using DiscreetDb.Differential.Data;
using DiscreetDb.Differential.Models;

namespace DiscreetDb.Differential.Mutations;

/// <summary>Dialect §7 on dictionaries. Changes the store it is given; the caller throws that copy away when it refuses.</summary>
internal sealed class NaiveMutations(DataStore store, long now)
{
    /// <summary>What must be answered.</summary>
    /// <exception cref="NaiveRefusal">The document must be refused.</exception>
    public Expected Apply(MutationDocument document)
    {
        List<KeyValuePair<string, Expected>> members = [];
        foreach (MutationRoot root in document.Roots)
        {
            (_, Expected answer) = Apply(root.Object, handedDown: null);
            members.Add(new(root.Key, answer));
        }

        return new Expected.Object(Sorted(members));
    }

    private (StoredRow Row, Expected Answer) Apply(MutationObject @object, bool? handedDown)
    {
        bool? room = @object.Room switch
        {
            RoomChoice.Private => true,
            RoomChoice.None => false,
            _ => handedDown,
        };
        StoredRow row = @object.Id is { } id ? Existing(@object, id) : Insert(@object, room ?? false);
        List<KeyValuePair<string, Expected>> members = [new("id", new Expected.RowId(row))];
        foreach (MutationAssignment assignment in @object.Assignments)
        {
            if (Assign(row, assignment, room) is { } echo)
            {
                members.Add(new(assignment.Field.Name, echo));
            }
        }

        return (row, new Expected.Object(Sorted(members)));
    }

    private StoredRow Insert(MutationObject @object, bool inPrivateRoom)
    {
        var row = new StoredRow(@object.Entity.Key) { Created = now, Modified = now, InPrivateRoom = inPrivateRoom };
        foreach (FieldSpec field in @object.Entity.Scalars.Where(f => f.Default is not null))
        {
            row.Values[field.Key] = field.Default;
        }

        store.Add(row);
        return row;
    }

    private StoredRow Existing(MutationObject @object, byte[] id)
    {
        StoredRow row = store.Find(@object.Entity.Key, id) ?? throw new NaiveRefusal(ErrorCode.UnknownRow);
        bool isMove = @object.Room != RoomChoice.Unsaid && row.InPrivateRoom != (@object.Room == RoomChoice.Private);
        if (isMove)
        {
            Move(@object.Entity, row);
        }

        return row;
    }

    /// <summary>
    /// A deletion there and an insertion here, which writes the defaults of values the row never had; whoever linked to the
    /// row follows it and is changed by that. What an earlier model called its own stays behind with the old row.
    /// </summary>
    private void Move(EntitySpec entity, StoredRow row)
    {
        store.Forget(row);
        foreach (FieldSpec field in entity.Scalars)
        {
            row.Values[field.Key] = DataStore.Effective(row, field);
        }

        row.Id = null;
        row.InPrivateRoom = !row.InPrivateRoom;
        row.Created = row.Modified = now;
        foreach (StoredRow source in store.Rows.Where(r => r.Links.Values.Any(targets => targets.Contains(row))))
        {
            source.Modified = now;
        }
    }

    private Expected? Assign(StoredRow row, MutationAssignment assignment, bool? handedDown)
    {
        switch (assignment.Value)
        {
            case MutationValue.Scalar scalar:
                AssignScalar(row, assignment.Field, scalar.Value);
                return Echo(assignment.Field, scalar.Value);
            case MutationValue.NoLinks:
                RemoveLinks(row, assignment.Field);
                return null;
            case MutationValue.Objects objects:
                return AssignLinks(row, assignment.Field, objects, handedDown);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>System fields are not echoed (dialect §7.6).</summary>
    private static Expected? Echo(FieldSpec field, object? value) =>
        field.IsSystem ? null : Expected.OfValue(Typed(field, value));

    private static object? Typed(FieldSpec field, object? value) =>
        field.Kind == FieldKind.Float && value is long integer ? (double)integer : value;

    private void AssignScalar(StoredRow row, FieldSpec field, object? value)
    {
        if (value is null && !field.Nullable)
        {
            throw new NaiveRefusal(ErrorCode.NotNullable);
        }

        if (field.Name == "_binary")
        {
            row.Binary = (byte[]?)value;
        }
        else
        {
            row.Values[field.Key] = Typed(field, value);
        }

        row.Modified = now;
    }

    private void RemoveLinks(StoredRow row, FieldSpec field)
    {
        bool isDangling = field.Kind == FieldKind.Single && row.Dangling.Remove(field.Key);
        if (row.LinksOf(field.Key).Count > 0 || isDangling)
        {
            row.LinksOf(field.Key).Clear();
            row.Modified = now;
        }
    }

    private Expected AssignLinks(StoredRow row, FieldSpec field, MutationValue.Objects objects, bool? handedDown)
    {
        List<Expected> echoes = [];
        foreach (MutationObject item in objects.Items)
        {
            (StoredRow target, Expected echo) = Apply(item, handedDown);
            echoes.Add(echo);
            Link(row, field, target);
        }

        return field.Kind == FieldKind.Single ? echoes[0] : new Expected.Array(echoes);
    }

    private void Link(StoredRow row, FieldSpec field, StoredRow target)
    {
        List<StoredRow> targets = row.LinksOf(field.Key);
        if (targets.Contains(target))
        {
            return;
        }

        if (field.Kind == FieldKind.Single)
        {
            targets.Clear();
            row.Dangling.Remove(field.Key);
        }

        targets.Add(target);
        row.Modified = now;
    }

    private static List<KeyValuePair<string, Expected>> Sorted(List<KeyValuePair<string, Expected>> members) =>
        [.. members.OrderBy(m => (object)m.Key, Comparer<object>.Create(Scalars.Compare))];
}
