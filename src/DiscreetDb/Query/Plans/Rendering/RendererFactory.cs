using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using DiscreetDb.Core;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Model;
using DiscreetDb.Query.Parameters;
using DiscreetDb.Query.Plans.Sql;

namespace DiscreetDb.Query.Plans.Rendering;

/// <summary>The renderer of an expression; asks the statement for the columns it reads.</summary>
internal static class RendererFactory
{
    public static ColumnRenderer Create(Expr expr, EntityRead read, StatementBuilder statement) => expr switch
    {
        Expr.Column { Field.System: SystemField.EntityName } => new ConstantRenderer(Quote(read.Entity.CanonicalName)),
        Expr.Column { Field.System: SystemField.JsonText } => CreateRowJson(read.Entity, statement),
        Expr.JsonAt json => new JsonPartRenderer(AddJsonColumn(json, read, statement), json.Path.Steps),
        _ => Create(expr.Type, statement.AddColumn(expr)),
    };

    /// <summary>A JSON string of a text.</summary>
    public static byte[] Quote(string text)
    {
        ArrayBufferWriter<byte> quoted = new();
        JsonEscape.WriteQuoted(Encoding.UTF8.GetBytes(text), quoted);
        return quoted.WrittenSpan.ToArray();
    }

    private static ColumnRenderer Create(VariableType type, int column) => type.Kind switch
    {
        VariableKind.Boolean => new BooleanRenderer(column, type.IsNullable),
        VariableKind.Integer => new IntegerRenderer(column, type.IsNullable),
        VariableKind.Float => new FloatRenderer(column, type.IsNullable),
        VariableKind.String => new TextRenderer(column, type.IsNullable),
        VariableKind.Base64 => new Base64Renderer(column, type.IsNullable),
        VariableKind.Json => new JsonRenderer(column, type.IsNullable),
        _ => throw new UnreachableException(),
    };

    private static int AddJsonColumn(Expr.JsonAt json, EntityRead read, StatementBuilder statement) =>
        read.Shape is Shape.Groups ? statement.AddGroupedJson(json) : statement.AddColumn(new Expr.Column(json.Field));

    private static RowJsonRenderer CreateRowJson(Entity entity, StatementBuilder statement)
    {
        var members = ImmutableArray.CreateBuilder<(byte[], ColumnRenderer)>();
        foreach (Field field in entity.Fields.Where(field => !field.IsRelation))
        {
            string prefix = $"{(members.Count == 0 ? '{' : ',')}\"{field.Name}\":";
            Expr column = new Expr.Column(field);
            members.Add((Encoding.UTF8.GetBytes(prefix), Create(column.Type, statement.AddColumn(column))));
        }

        return new RowJsonRenderer(members.DrainToImmutable());
    }
}
