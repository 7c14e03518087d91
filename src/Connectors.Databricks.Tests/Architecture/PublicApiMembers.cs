using System.Reflection;
using System.Runtime.CompilerServices;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>Writes the signature of one member of a type.</summary>
internal static class PublicApiMembers
{
    private static readonly Dictionary<string, string> Operators = new(StringComparer.Ordinal)
    {
        ["op_Equality"] = "==",
        ["op_Inequality"] = "!=",
        ["op_LessThan"] = "<",
        ["op_LessThanOrEqual"] = "<=",
        ["op_GreaterThan"] = ">",
        ["op_GreaterThanOrEqual"] = ">=",
        ["op_Addition"] = "+",
        ["op_UnaryPlus"] = "+",
        ["op_Subtraction"] = "-",
        ["op_UnaryNegation"] = "-",
        ["op_Multiply"] = "*",
        ["op_Division"] = "/",
        ["op_Modulus"] = "%",
        ["op_Increment"] = "++",
        ["op_Decrement"] = "--",
        ["op_BitwiseAnd"] = "&",
        ["op_BitwiseOr"] = "|",
        ["op_ExclusiveOr"] = "^",
        ["op_LogicalNot"] = "!",
        ["op_OnesComplement"] = "~",
        ["op_LeftShift"] = "<<",
        ["op_RightShift"] = ">>",
        ["op_True"] = "true",
        ["op_False"] = "false",
    };

    public static bool IsVisible(FieldInfo field) =>
        field.IsPublic || ((field.IsFamily || field.IsFamilyOrAssembly) && !field.DeclaringType!.IsSealed);

    // A record writes members of its own; they say nothing that the word 'record' does not. Deconstruct is called by users.
    public static bool IsVisible(MethodBase method) =>
        HasVisibleAccess(method)
        && !IsAccessor(method)
        && (method.Name == "Deconstruct" || !method.IsDefined(typeof(CompilerGeneratedAttribute)));

    public static bool IsVisible(PropertyInfo property) =>
        property.GetAccessors(nonPublic: true).Any(HasVisibleAccess)
        && !(property.Name == "EqualityContract" && property.GetMethod!.IsDefined(typeof(CompilerGeneratedAttribute)));

    public static bool IsVisible(EventInfo happening) => HasVisibleAccess(happening.AddMethod!);

    public static string Print(FieldInfo field)
    {
        var name = $"{PublicApiTypeNames.Of(field)} {field.Name}";
        var signature = field switch
        {
            { IsLiteral: true } => $"const {name} = {PublicApiValues.Print(field.GetRawConstantValue(), field.FieldType, Space(field))}",
            { IsStatic: true, IsInitOnly: true } => $"static readonly {name}",
            { IsStatic: true } => $"static {name}",
            { IsInitOnly: true } => $"readonly {name}",
            _ => Required(field) + name,
        };
        return $"{Access((MethodAttributes)field.Attributes)}{signature};";
    }

    public static string Print(ConstructorInfo constructor) =>
        $"{Access(constructor.Attributes)}{constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)});";

    public static string Print(PropertyInfo property)
    {
        var getter = property.GetMethod is { } get && HasVisibleAccess(get) ? get : null;
        var setter = property.SetMethod is { } set && HasVisibleAccess(set) ? set : null;
        var widest = new[] { getter, setter }.OfType<MethodInfo>().OrderByDescending(accessor => accessor.IsPublic).First();
        var isInit = setter?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ?? false;
        var accessors = (getter is null ? "" : Narrower(getter, widest) + "get; ")
            + (setter is null ? "" : Narrower(setter, widest) + (isInit ? "init; " : "set; "));
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{Parameters(index, property.DeclaringType!)}]";
        return $"{Head(widest)}{Required(property)}{PublicApiTypeNames.Of(property)} {name} {{ {accessors}}}";
    }

    public static string Print(EventInfo happening) =>
        $"{Head(happening.AddMethod!)}event {PublicApiTypeNames.Of(happening)} {happening.Name};";

    public static string Print(MethodInfo method) =>
        $"{Head(method)}{Name(method)}({Parameters(method)}){PublicApiConstraints.Of(method)};";

    public static string Parameters(MethodBase method)
    {
        var list = Parameters(method.GetParameters(), method.DeclaringType!);
        return method.IsDefined(typeof(ExtensionAttribute)) ? $"this {list}" : list;
    }

    public static string Access(Type type) => type.IsNestedFamily || type.IsNestedFamORAssem ? "protected " : "public ";

    private static string Parameters(IEnumerable<ParameterInfo> parameters, Type owner) => string.Join(", ", parameters.Select(parameter =>
    {
        var passing = parameter switch
        {
            { IsOut: true, ParameterType.IsByRef: true } => "out ",
            { ParameterType.IsByRef: true } when parameter.IsDefined(typeof(RequiresLocationAttribute)) => "ref readonly ",
            { ParameterType.IsByRef: true } when parameter.IsDefined(typeof(IsReadOnlyAttribute)) => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        var value = parameter.HasDefaultValue
            ? $" = {PublicApiValues.Print(parameter.RawDefaultValue, parameter.ParameterType, owner.Namespace)}"
            : "";
        return $"{passing}{PublicApiTypeNames.Of(parameter)} {parameter.Name}{value}";
    }));

    private static string Name(MethodInfo method)
    {
        var type = PublicApiTypeNames.OfReturn(method);
        if (method is { IsSpecialName: true, Name: "op_Implicit" or "op_Explicit" })
        {
            return $"{method.Name[3..].ToLowerInvariant()} operator {type}";
        }

        if (method.IsSpecialName && method.Name.StartsWith("op_", StringComparison.Ordinal))
        {
            return $"{type} operator {Operators.GetValueOrDefault(method.Name, method.Name)}";
        }

        var arguments = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(one => one.Name))}>" : "";
        return $"{type} {method.Name}{arguments}";
    }

    private static string Head(MethodInfo method)
    {
        var inInterface = method.DeclaringType!.IsInterface;
        var access = inInterface && method.IsPublic ? "" : Access(method.Attributes);
        var isOverride = method.IsVirtual && !method.Attributes.HasFlag(MethodAttributes.NewSlot) && !method.IsStatic && !inInterface;
        return access + (method.IsStatic ? "static " : "") + method switch
        {
            { IsAbstract: true } when inInterface && !method.IsStatic => "",
            { IsAbstract: true } => isOverride ? "abstract override " : "abstract ",
            { IsFinal: true } => isOverride ? "sealed override " : "",
            { IsVirtual: true } => isOverride ? "override " : "virtual ",
            _ => "",
        };
    }

    private static string Access(MethodAttributes attributes) => (attributes & MethodAttributes.MemberAccessMask) switch
    {
        MethodAttributes.Public => "public ",
        MethodAttributes.FamORAssem => "protected internal ",
        _ => "protected ",
    };

    private static string Narrower(MethodInfo accessor, MethodInfo widest) =>
        Access(accessor.Attributes) == Access(widest.Attributes) ? "" : Access(accessor.Attributes);

    private static string Required(MemberInfo member) => member.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";

    private static string? Space(MemberInfo member) => member.DeclaringType!.Namespace;

    private static bool IsAccessor(MethodBase method) =>
        method.IsSpecialName && method.Name.Split('_')[0] is "get" or "set" or "add" or "remove";

    // Nobody can reach a protected member of a sealed type.
    private static bool HasVisibleAccess(MethodBase method) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);
}
