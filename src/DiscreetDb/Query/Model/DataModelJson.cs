using System.Buffers;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using DiscreetDb.Core;

namespace DiscreetDb.Query.Model;

/// <summary>
/// A data model as the JSON of <c>DataModel()</c>, documented in <c>docs/query-language.md</c>. It follows from the text
/// of the model alone: namespaces in order of their first declaration, <c>sys</c> first, entities and fields as declared.
/// </summary>
internal static class DataModelJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The model as indented UTF-8 JSON.</summary>
    public static ReadOnlyMemory<byte> Write(DataModel model)
    {
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteStartArray("namespaces"u8);
        foreach (IGrouping<string?, Entity> group in model.Entities.GroupBy(entity => entity.Namespace))
        {
            WriteNamespace(json, group);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    private static void WriteNamespace(Utf8JsonWriter json, IGrouping<string?, Entity> group)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, group.Key);
        json.WriteStartArray("entities"u8);
        foreach (Entity entity in group)
        {
            WriteEntity(json, entity);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteEntity(Utf8JsonWriter json, Entity entity)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, entity.Name);
        json.WriteString("canonical_name"u8, entity.CanonicalName);
        WriteHistory(json, entity);
        json.WriteBoolean("full_text"u8, entity.HasFullText);
        json.WriteStartArray("fields"u8);
        foreach (Field field in entity.Fields)
        {
            WriteField(json, field);
        }

        json.WriteEndArray();
        json.WriteStartArray("indexes"u8);
        foreach (IEnumerable<Field> index in entity.Indexes)
        {
            WriteNames(json, index.Select(field => field.Name));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, Field field)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, field.Name);
        json.WriteString("type"u8, field.Target?.CanonicalName ?? field.Type.ToString());
        if (field.IsRelation)
        {
            json.WriteBoolean("multiple"u8, field.Type == FieldType.Links);
        }

        json.WriteBoolean("nullable"u8, field.IsNullable);
        if (field.Default is { } value)
        {
            json.WritePropertyName("default"u8);
            WriteValue(json, value);
        }

        WriteHistory(json, field);
        json.WriteEndObject();
    }

    private static void WriteHistory(Utf8JsonWriter json, IEvolving item)
    {
        json.WriteBoolean("deprecated"u8, item.IsDeprecated);
        json.WritePropertyName("was"u8);
        WriteNames(json, item.FormerNames);
    }

    private static void WriteNames(Utf8JsonWriter json, IEnumerable<string> names)
    {
        json.WriteStartArray();
        foreach (string name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Boolean:
                json.WriteBooleanValue(value.AsBoolean);
                break;
            case ValueKind.Integer:
                json.WriteNumberValue(value.AsInteger);
                break;
            case ValueKind.Float:
                Span<byte> text = stackalloc byte[FloatText.MaxSizeBytes];
                json.WriteRawValue(text[..FloatText.Write(value.AsFloat, text)], skipInputValidation: true);
                break;
            case ValueKind.Text:
                json.WriteStringValue(value.AsBytes.Span);
                break;
            case ValueKind.Bytes:
                json.WriteStringValue(Base64Url.Encode(value.AsBytes.Span));
                break;
            case ValueKind.Json:
                json.WriteRawValue(value.AsBytes.Span, skipInputValidation: true);
                break;
            default:
                throw new UnreachableException();
        }
    }
}
