using System.Globalization;
using DiscreetDb.Core;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Query.Plans.Sql;

/// <summary>
/// <c>_json</c> where SQL must know it: in a filter, an order, a group. In an answer it is written from the columns; both
/// yield the same text.
/// </summary>
internal static class RowJsonExpression
{
    public static string Of(Entity entity, FieldExpression row, StatementParameters parameters)
    {
        List<string> parts = [];
        foreach (Field field in entity.Fields.Where(field => !field.IsRelation))
        {
            string opening = parts.Count == 0 ? "{" : ",";
            parts.Add(parameters.OfText($"{opening}\"{field.Name}\":"));
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{JsonValueFunction.Name}({(int)field.Type}, {row.Column(field)})"));
        }

        parts.Add(parameters.OfConstant(Value.Text(parts.Count == 0 ? "{}" : "}")));
        return $"({BalancedTerms.Join([.. parts], " || ")})";
    }
}
