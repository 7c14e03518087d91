using System.Reflection;
using System.Runtime.CompilerServices;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>Writes the <c>where</c> clauses of a generic type or method.</summary>
internal static class PublicApiConstraints
{
    public static string Of(Type type) =>
        Of(type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0), type.Namespace);

    public static string Of(MethodInfo method) =>
        method.IsGenericMethod ? Of(method.GetGenericArguments(), method.DeclaringType!.Namespace) : "";

    private static string Of(IEnumerable<Type> parameters, string? space) => string.Concat(
        from parameter in parameters
        let clauses = string.Join(", ", Clauses(parameter, space))
        where clauses.Length > 0
        select $" where {parameter.Name} : {clauses}");

    private static IEnumerable<string> Clauses(Type parameter, string? space)
    {
        var flags = parameter.GenericParameterAttributes;
        var isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        var types = parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).ToArray();
        if (isStruct)
        {
            yield return parameter.CustomAttributes.Any(one => one.AttributeType == typeof(IsUnmanagedAttribute)) ? "unmanaged" : "struct";
        }
        else if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            yield return Nullability(parameter) == 2 ? "class?" : "class";
        }
        else if (types.Length == 0 && Nullability(parameter) == 1)
        {
            yield return "notnull";
        }

        foreach (var name in types.Select(type => PublicApiTypeNames.Of(type, space)))
        {
            yield return name;
        }

        if (!isStruct && flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
        {
            yield return "new()";
        }

        if (flags.HasFlag(GenericParameterAttributes.AllowByRefLike))
        {
            yield return "allows ref struct";
        }
    }

    // As the compiler stores it: 1 not null, 2 may be null; on the parameter, or on what surrounds it.
    private static byte Nullability(Type parameter)
    {
        var own = Value(parameter.CustomAttributes, typeof(NullableAttribute));
        var around = parameter.DeclaringMethod ?? (MemberInfo?)parameter.DeclaringType;
        for (; own is null && around is not null; around = around.DeclaringType)
        {
            own = Value(around.CustomAttributes, typeof(NullableContextAttribute));
        }

        return own ?? 0;
    }

    private static byte? Value(IEnumerable<CustomAttributeData> attributes, Type type) =>
        attributes.FirstOrDefault(one => one.AttributeType.FullName == type.FullName)?.ConstructorArguments[0].Value as byte?;
}
