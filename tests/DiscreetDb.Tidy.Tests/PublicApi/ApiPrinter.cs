using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace DiscreetDb.Tidy.Tests.PublicApi;

/// <summary>Prints what an assembly shows to its users, one line per member, in a fixed order.</summary>
internal sealed class ApiPrinter
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly TypeNames _names = new();
    private readonly StringBuilder _text = new();

    public static string Print(Assembly assembly)
    {
        var printer = new ApiPrinter();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            printer.PrintType(type);
        }

        return printer._text.ToString();
    }

    private void PrintType(Type type)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{Describe(type)}\n");
        IEnumerable<string> members = type.IsEnum ? EnumMembers(type) : type.GetMembers(Declared)
            .Where(m => !m.IsDefined(typeof(CompilerGeneratedAttribute)))
            .OrderBy(m => m.Name, StringComparer.Ordinal)
            .ThenBy(Describe, StringComparer.Ordinal)
            .Select(Describe)
            .OfType<string>();
        foreach (string member in members)
        {
            _text.Append(CultureInfo.InvariantCulture, $"    {member}\n");
        }

        _text.Append('\n');
    }

    private string Describe(Type type)
    {
        string kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly struct" : "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        List<string> bases = [];
        if (!type.IsEnum)
        {
            if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            {
                bases.Add(_names.Of(parent));
            }

            bases.AddRange(type.GetInterfaces().Where(i => i.IsVisible).Select(_names.Of).Order(StringComparer.Ordinal));
        }

        return $"{kind} {type.Namespace}.{_names.Of(type)}{(bases.Count > 0 ? $" : {string.Join(", ", bases)}" : "")}";
    }

    private static IEnumerable<string> EnumMembers(Type type) =>
        Enum.GetValues(type).Cast<object>().Select(v => $"{v} = {Convert.ToInt64(v, CultureInfo.InvariantCulture)}");

    private string? Describe(MemberInfo member) => member switch
    {
        ConstructorInfo c when IsShown(c) => $"{Modifiers(c)}.ctor({Describe(c.GetParameters())})",
        MethodInfo m when IsShown(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            $"{Modifiers(m)}{_names.Of(m.ReturnParameter)} {m.Name}{Generics(m)}({Describe(m.GetParameters())})",
        PropertyInfo p when p.GetAccessors(nonPublic: true).Any(IsShown) => Describe(p),
        EventInfo e when e.AddMethod is { } add && IsShown(add) => $"{Modifiers(add)}event {_names.Of(e.EventHandlerType!)} {e.Name}",
        FieldInfo { IsPublic: true, IsSpecialName: false } f => Describe(f),
        _ => null,
    };

    private string Describe(PropertyInfo property)
    {
        MethodInfo accessor = property.GetAccessors(nonPublic: true).First(IsShown);
        string accessors = (property.GetMethod is { } get && IsShown(get) ? "get; " : "")
            + (property.SetMethod is { } set && IsShown(set) ? IsInit(set) ? "init; " : "set; " : "");
        string index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{Describe(parameters)}]" : "";
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Modifiers(accessor)}{required}{_names.Of(property)} {property.Name}{index} {{ {accessors}}}";
    }

    private string Describe(FieldInfo field)
    {
        string modifiers = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        string value = field.IsLiteral ? $" = {Literal(field.GetRawConstantValue())}" : "";
        return $"{modifiers}{_names.Of(field)} {field.Name}{value}";
    }

    private string Describe(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(p =>
        (p.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")
        + (p.ParameterType.IsByRef ? p.IsOut ? "out " : p.IsIn ? "in " : "ref " : "")
        + $"{_names.Of(p)} {p.Name}"
        + (p.HasDefaultValue ? $" = {(p.DefaultValue is null && p.ParameterType.IsValueType ? "default" : Literal(p.DefaultValue))}" : "")));

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string s => $"\"{s}\"",
        bool b => b ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";

    private static string Modifiers(MethodBase method) =>
        (method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "")
        + (method.IsStatic ? "static " : "")
        + (method.IsAbstract && !method.DeclaringType!.IsInterface ? "abstract "
            : method is MethodInfo m && m.GetBaseDefinition() != m ? "override "
            : method.IsVirtual && !method.IsFinal && !method.DeclaringType!.IsInterface ? "virtual " : "");

    private static bool IsShown(MethodBase method) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
}
