using System.Collections.Immutable;
using System.Text;
using DiscreetDb.Language;
using DiscreetDb.Language.Model;

namespace DiscreetDb.Query.Model;

/// <summary>Puts the entities of a document behind those of the engine and resolves what they say of each other.</summary>
internal sealed class ModelAssembler(ModelDocument document, ImmutableArray<Entity> engineEntities)
{
    private ImmutableArray<EntityDraft> _drafts = [];

    /// <summary>The text, for errors.</summary>
    public SourceText Source => document.Source;

    /// <summary>Builds the model.</summary>
    /// <exception cref="DiscreetException">With a location, for everything dialect §3 refuses.</exception>
    public DataModel Assemble(long version)
    {
        _drafts = new EntityNames(document, allowsSystem: engineEntities.IsEmpty).Check();
        foreach (EntityDraft draft in _drafts)
        {
            draft.Fields = new FieldNames(draft, Source).Check();
        }

        new PhysicalNames(engineEntities).Assign(_drafts);
        var model = new DataModel
        {
            Version = version,
            Text = Encoding.UTF8.GetString(Source.Utf8.Span),
            Entities = [.. engineEntities, .. _drafts.Select(CreateEntity)],
        };

        Complete(model);
        return model;
    }

    /// <summary>Where an entity of the document is declared.</summary>
    public SourceSpan SpanOf(Entity entity) => DeclarationOf(entity).Name.Span;

    /// <summary>Where a field of the document is declared.</summary>
    public SourceSpan SpanOf(Entity entity, Field field) => DeclarationOf(entity).Fields[field.Index].Name.Span;

    private EntityDeclaration DeclarationOf(Entity entity) => _drafts[entity.Index - engineEntities.Length].Declaration;

    private Entity CreateEntity(EntityDraft draft, int position) => new()
    {
        Index = engineEntities.Length + position,
        Namespace = draft.Namespace,
        Name = draft.Declaration.Name.Text,
        CanonicalName = draft.CanonicalName,
        LogName = draft.LogName,
        TableName = draft.TableName,
        HasFullText = draft.Declaration.HasFullText,
        IsDeprecated = draft.Declaration.Annotations.IsDeprecated,
        FormerNames = draft.FormerNames,
    };

    /// <summary>Relations may point forwards, so fields are built once every entity exists.</summary>
    private void Complete(DataModel model)
    {
        var fields = new FieldBuilder(model, Source);
        for (int i = 0; i < _drafts.Length; i++)
        {
            Entity entity = model.Entities[engineEntities.Length + i];
            entity.Fields = fields.Build(_drafts[i]);
            entity.Indexes = new IndexBuilder(entity, Source).Build(_drafts[i].Declaration.Indexes);
        }
    }
}
