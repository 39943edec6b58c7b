using System.Collections.Immutable;
using DiscreetDb.Language;

namespace DiscreetDb.Query.Model;

/// <summary>
/// What a new model may change of the stored one (dialect §4). Only the two models decide, never the data, so that every
/// device decides alike.
/// </summary>
internal sealed class SuccessionRules(DataModel stored, DataModel next, ModelAssembler declarations)
{
    private readonly SourceText _source = declarations.Source;

    /// <summary>Refuses a model that does not succeed the stored one.</summary>
    /// <exception cref="DiscreetException">
    /// MissingNamespace, MissingEntity, MissingField, FieldTypeChanged, MissingDefaultValue, InvalidRename.
    /// </exception>
    public void Check()
    {
        var entities = new Succession<Entity>(stored.ApplicationEntities, next.ApplicationEntities);
        if (entities.Removed.FirstOrDefault(entity => !entity.IsDeprecated) is { } removed)
        {
            throw Missing(removed);
        }

        foreach (Entity entity in entities.Next)
        {
            if (entities.PredecessorOf(entity) is { } predecessor)
            {
                RequireNames(predecessor, entity, declarations.SpanOf(entity));
                CheckFields(predecessor, entity);
            }
        }
    }

    private void CheckFields(Entity storedEntity, Entity entity)
    {
        var fields = new Succession<Field>(storedEntity.Fields, entity.Fields);
        if (fields.Removed.FirstOrDefault(field => !field.IsDeprecated) is { } removed)
        {
            throw Missing(entity, removed);
        }

        foreach (Field field in fields.Next)
        {
            SourceSpan span = declarations.SpanOf(entity, field);
            if (fields.PredecessorOf(field) is { } predecessor)
            {
                RequireNames(predecessor, field, span);
                RequireType(predecessor, field, entity, span);
                RequireValues(predecessor, field, entity, span);
            }
            else if (field.IsRequired)
            {
                throw MissingDefault(entity, field, span, "rows from before the field");
            }
        }
    }

    /// <summary>
    /// The log keeps the oldest name, so it must not change, and no name between may be lost: a device that skipped
    /// versions finds its stored item by any of them.
    /// </summary>
    private void RequireNames(IEvolving predecessor, IEvolving item, SourceSpan span)
    {
        if (predecessor.LogName != item.LogName)
        {
            string wanted = predecessor.FormerNames.IsEmpty ? "no `@was` of an older name" : $"`@was({predecessor.LogName})` as the last";
            throw _source.Error(
                ErrorCode.InvalidRename,
                span,
                $"`{item.CurrentName}` continues `{predecessor.CurrentName}` of the stored model, whose oldest name is `{predecessor.LogName}`; it needs {wanted}.");
        }

        ImmutableArray<string> names = [item.CurrentName, .. item.FormerNames];
        int position = -1;
        foreach (string name in predecessor.FormerNames.Prepend(predecessor.CurrentName))
        {
            int found = names.IndexOf(name, position + 1);
            if (found < 0)
            {
                throw _source.Error(
                    ErrorCode.InvalidRename,
                    span,
                    $"`{item.CurrentName}` continues `{predecessor.CurrentName}` of the stored model and has to keep `@was({name})`, newest first.");
            }

            position = found;
        }
    }

    private void RequireType(Field predecessor, Field field, Entity entity, SourceSpan span)
    {
        bool widened = predecessor.Type == FieldType.Integer && field.Type == FieldType.Float;
        bool sameTarget = predecessor.Target?.LogName == field.Target?.LogName;
        if ((predecessor.Type != field.Type && !widened) || !sameTarget)
        {
            throw _source.Error(
                ErrorCode.FieldTypeChanged,
                span,
                $"`{entity}.{field}` is {Describe(predecessor)} in the stored model and cannot become {Describe(field)}; only Integer may become Float.");
        }
    }

    private void RequireValues(Field predecessor, Field field, Entity entity, SourceSpan span)
    {
        if (!field.IsRequired)
        {
            return;
        }

        if (predecessor.IsNullable)
        {
            throw MissingDefault(entity, field, span, "rows that hold null");
        }

        if (predecessor.Default is not null)
        {
            throw MissingDefault(entity, field, span, "rows that rely on the stored default");
        }
    }

    private DiscreetException MissingDefault(Entity entity, Field field, SourceSpan span, string rows) => _source.Error(
        ErrorCode.MissingDefaultValue,
        span,
        $"`{entity}.{field}` is required, and {rows} would lack a value: give it a default or make it nullable.");

    private DiscreetException Missing(Entity removed)
    {
        if (next.FindByLogName(removed.LogName) is { } claimant)
        {
            return LostName(removed, claimant, declarations.SpanOf(claimant));
        }

        SourceSpan end = new(_source.Utf8.Length, 0);
        return next.HasNamespace(removed.Namespace)
            ? _source.Error(
                ErrorCode.MissingEntity,
                end,
                $"The stored model has the entity `{removed}`, not marked @deprecated; keep it, or rename it with `@was({removed})`.")
            : _source.Error(
                ErrorCode.MissingNamespace,
                end,
                $"The stored model has {DescribeNamespace(removed)} with `{removed}`, not marked @deprecated; keep it, or rename it with `@was({removed})`.");
    }

    private DiscreetException Missing(Entity entity, Field removed) => entity.FindByLogName(removed.LogName) is { } claimant
        ? LostName(removed, claimant, declarations.SpanOf(entity, claimant))
        : _source.Error(
            ErrorCode.MissingField,
            declarations.SpanOf(entity),
            $"The stored model has the field `{entity}.{removed}`, not marked @deprecated; keep it, or rename it with `@was({removed})`.");

    private DiscreetException LostName(IEvolving removed, IEvolving claimant, SourceSpan span) => _source.Error(
        ErrorCode.InvalidRename,
        span,
        $"`{claimant.CurrentName}` claims `{removed.LogName}`, which the stored model calls `{removed.CurrentName}` now: keep that name, or add `@was({removed.CurrentName})`.");

    private static string DescribeNamespace(Entity removed) =>
        removed.Namespace is null ? "the default namespace" : $"the namespace `{removed.Namespace}`";

    private static string Describe(Field field) => field.Type switch
    {
        FieldType.Reference => $"a relation to `{field.Target}`",
        FieldType.Links => $"a multiple relation to `{field.Target}`",
        _ => field.Type.ToString(),
    };
}
