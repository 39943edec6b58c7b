using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DiscreetDb.Core;
using DiscreetDb.Query.Model;

namespace DiscreetDb;

/// <summary>A model as JSON, for tools: everything <see cref="Discreet.DataModel" /> tells.</summary>
internal static class ModelJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(DataModel model)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version"u8, model.Version);
            writer.WriteString("text"u8, model.Text);
            writer.WriteStartArray("entities"u8);
            foreach (Entity entity in model.Entities)
            {
                WriteEntity(writer, entity);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteEntity(Utf8JsonWriter writer, Entity entity)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, entity.CanonicalName);
        writer.WriteBoolean("full_text"u8, entity.HasFullText);
        writer.WriteBoolean("deprecated"u8, entity.IsDeprecated);
        WriteStrings(writer, "former_names"u8, entity.FormerNames);
        writer.WriteStartArray("fields"u8);
        foreach (Field field in entity.Fields)
        {
            WriteField(writer, field);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("indexes"u8);
        foreach (IReadOnlyCollection<Field> index in entity.Indexes)
        {
            writer.WriteStartArray();
            foreach (Field field in index)
            {
                writer.WriteStringValue(field.Name);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter writer, Field field)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, field.Name);
        writer.WriteString("type"u8, TypeName(field));
        writer.WriteBoolean("nullable"u8, field.IsNullable);
        if (field.Default is { } value)
        {
            writer.WritePropertyName("default"u8);
            WriteValue(writer, value);
        }

        writer.WriteBoolean("deprecated"u8, field.IsDeprecated);
        WriteStrings(writer, "former_names"u8, field.FormerNames);
        writer.WriteEndObject();
    }

    private static string TypeName(Field field) => field.Type switch
    {
        FieldType.Reference => field.Target!.CanonicalName, // a relation has a target
        FieldType.Links => $"[{field.Target!.CanonicalName}]", // a relation has a target
        _ => field.Type.ToString(),
    };

    private static void WriteValue(Utf8JsonWriter writer, in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Boolean:
                writer.WriteBooleanValue(value.AsBoolean);
                break;
            case ValueKind.Integer:
                writer.WriteNumberValue(value.AsInteger);
                break;
            case ValueKind.Float:
                WriteFloat(writer, value.AsFloat);
                break;
            case ValueKind.Json:
                writer.WriteRawValue(value.AsBytes.Span);
                break;
            case ValueKind.Text:
                writer.WriteStringValue(value.AsBytes.Span);
                break;
            default:
                writer.WriteStringValue(value.ToString());
                break;
        }
    }

    private static void WriteFloat(Utf8JsonWriter writer, double value)
    {
        Span<byte> utf8 = stackalloc byte[FloatText.MaxSizeBytes];
        writer.WriteRawValue(utf8[..FloatText.Write(value, utf8)]);
    }

    private static void WriteStrings(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyCollection<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
