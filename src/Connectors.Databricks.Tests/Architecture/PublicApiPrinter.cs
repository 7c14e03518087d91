using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>Prints what an assembly shows to its users as C#-like text: one type after another, in ordinal order.</summary>
internal static class PublicApiPrinter
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Print(Assembly assembly) => Print(assembly.GetTypes().Where(IsVisible));

    public static string Print(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        foreach (var space in types.GroupBy(type => type.Namespace ?? "").OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append(text.Length == 0 ? "" : "\n").Append(space.Key.Length == 0 ? "// no namespace\n" : $"namespace {space.Key}\n");
            foreach (var type in space.OrderBy(type => type.FullName, StringComparer.Ordinal))
            {
                text.Append('\n').Append(PrintType(type));
            }
        }

        return text.ToString();
    }

    // The compiler keeps extension blocks in nested types that no C# name can reach; their methods are printed where they stand.
    public static bool IsVisible(Type type) => type.IsNested
        ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem)
            && !type.Name.Contains('<', StringComparison.Ordinal)
            && IsVisible(type.DeclaringType!)
        : type.IsPublic;

    private static string PrintType(Type type)
    {
        var head = PublicApiAttributes.Print(type) + PublicApiMembers.Access(type);
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"{head}delegate {PublicApiTypeNames.OfReturn(invoke)} {PublicApiTypeNames.Of(type)}"
                + $"({PublicApiMembers.Parameters(invoke)}){PublicApiConstraints.Of(type)};\n";
        }

        var members = type.IsEnum ? EnumMembers(type) : Members(type);
        var body = string.Concat(members.Select(member => $"    {member.Replace("\n", "\n    ", StringComparison.Ordinal)}\n"));
        return $"{head}{Kind(type)} {PublicApiTypeNames.Of(type)}{Bases(type)}{PublicApiConstraints.Of(type)}\n{{\n{body}}}\n";
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum)
        {
            return "enum";
        }

        if (type.IsInterface)
        {
            return "interface";
        }

        if (type.IsValueType)
        {
            var kind = type.GetMethod("PrintMembers", Declared) is null ? "struct" : "record struct";
            return (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "") + kind;
        }

        var modifier = type switch
        {
            { IsAbstract: true, IsSealed: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsSealed: true } => "sealed ",
            _ => "",
        };
        return modifier + (IsRecordClass(type) ? "record" : "class");
    }

    private static bool IsRecordClass(Type type) => type.GetMethod("<Clone>$", Declared) is not null;

    private static string Bases(Type type)
    {
        if (type.IsEnum)
        {
            var underlying = Enum.GetUnderlyingType(type);
            return underlying == typeof(int) ? "" : $" : {PublicApiTypeNames.Of(underlying)}";
        }

        var all = type.GetInterfaces();
        var implied = (type.BaseType?.GetInterfaces() ?? []).Concat(all.SelectMany(one => one.GetInterfaces()));
        var interfaces = all.Except(implied)
            .Where(one => IsVisible(one.IsGenericType ? one.GetGenericTypeDefinition() : one))
            .Where(one => !(Kind(type).Contains("record", StringComparison.Ordinal) && IsEquatableTo(type, one)))
            .Select(one => PublicApiTypeNames.Of(one, type.Namespace))
            .Order(StringComparer.Ordinal);
        var bases = type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)
            ? interfaces.Prepend(PublicApiTypeNames.Of(parent, type.Namespace))
            : interfaces;
        var list = string.Join(", ", bases);
        return list.Length == 0 ? "" : $" : {list}";
    }

    private static bool IsEquatableTo(Type type, Type one) =>
        one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEquatable<>) && one.GetGenericArguments()[0] == type;

    private static IEnumerable<string> EnumMembers(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .OrderBy(field => Convert.ToDecimal(field.GetRawConstantValue(), null))
            .ThenBy(field => field.Name, StringComparer.Ordinal)
            .Select(field => $"{PublicApiAttributes.Print(field)}{field.Name} = {field.GetRawConstantValue()},");

    // Constants and fields, constructors, properties, events, methods; each group by name, overloads by signature.
    private static IEnumerable<string> Members(Type type) =>
    [
        .. Sorted(type.GetFields(Declared).Where(PublicApiMembers.IsVisible), PublicApiMembers.Print),
        .. Sorted(type.GetConstructors(Declared).Where(PublicApiMembers.IsVisible), PublicApiMembers.Print),
        .. Sorted(type.GetProperties(Declared).Where(PublicApiMembers.IsVisible), PublicApiMembers.Print),
        .. Sorted(type.GetEvents(Declared).Where(PublicApiMembers.IsVisible), PublicApiMembers.Print),
        .. Sorted(type.GetMethods(Declared).Where(PublicApiMembers.IsVisible), PublicApiMembers.Print),
    ];

    private static IEnumerable<string> Sorted<TMember>(IEnumerable<TMember> members, Func<TMember, string> print)
        where TMember : MemberInfo =>
        from member in members.OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(print, StringComparer.Ordinal)
        select PublicApiAttributes.Print(member) + print(member);
}
