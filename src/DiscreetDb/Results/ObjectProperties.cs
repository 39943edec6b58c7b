using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace DiscreetDb.Results;

/// <summary>The readable public properties of a type, found once.</summary>
internal static class ObjectProperties<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>
    where T : class
{
    private static readonly PropertyInfo[] Properties =
        [.. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead && property.GetIndexParameters().Length == 0)];

    public static Parameters Read(T values)
    {
        if (values is string or byte[] or System.Collections.IEnumerable)
        {
            throw new ArgumentException(
                $"A {typeof(T)} is no object with one property per parameter; write `new Parameters {{ [\"name\"] = value }}`, or Parameters.FromJson for JSON text.", nameof(values));
        }

        Parameters parameters = new();
        foreach (PropertyInfo property in Properties)
        {
            parameters.Add(property.Name, property.GetValue(values));
        }

        return parameters;
    }
}
