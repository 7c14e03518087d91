using System.Collections.ObjectModel;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>Writes a type the way C# does, with its nullability where a member declares one.</summary>
internal static class PublicApiTypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
    };

    // Written short, as if a using stood above. Everything else carries its namespace, so that no two types read alike.
    private static readonly HashSet<string> Opened = new(StringComparer.Ordinal)
    {
        "System", "System.Collections.Generic", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
    };

    /// <summary>A type by itself; of its own namespace, and those above it, nothing is written.</summary>
    public static string Of(Type type, string? space = null) => Write(type, null, space ?? type.Namespace);

    public static string Of(FieldInfo field) =>
        Write(field.FieldType, new NullabilityInfoContext().Create(field), Space(field), IsMarked(field, field.DeclaringType));

    public static string Of(PropertyInfo property) =>
        Passing(property.PropertyType, property.GetMethod?.ReturnParameter)
        + Write(
            property.PropertyType,
            new NullabilityInfoContext().Create(property),
            Space(property),
            IsMarked(property, property.DeclaringType));

    public static string Of(EventInfo happening) =>
        Write(happening.EventHandlerType!, new NullabilityInfoContext().Create(happening), Space(happening));

    public static string Of(ParameterInfo parameter) =>
        Write(
            parameter.ParameterType,
            new NullabilityInfoContext().Create(parameter),
            Space(parameter.Member),
            IsMarked(parameter, parameter.Member));

    public static string OfReturn(MethodInfo method) => Passing(method.ReturnType, method.ReturnParameter) + Of(method.ReturnParameter);

    private static string Passing(Type type, ParameterInfo? returned) =>
        !type.IsByRef ? "" : returned?.IsDefined(typeof(IsReadOnlyAttribute)) == true ? "ref readonly " : "ref ";

    private static string Write(Type type, NullabilityInfo? nullability, string? space, bool marked = false)
    {
        if (type.IsByRef)
        {
            return Write(type.GetElementType()!, nullability, space, marked);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Write(underlying, null, space) + "?";
        }

        // Of a type parameter the context tells what could be put in, not what is written: only a mark counts.
        var mark = type.IsGenericParameter
            ? marked
            : nullability is { ReadState: NullabilityState.Nullable } or { WriteState: NullabilityState.Nullable };
        return Name(type, nullability, space) + (mark && !type.IsValueType ? "?" : "");
    }

    private static string Name(Type type, NullabilityInfo? nullability, string? space)
    {
        if (type.IsArray)
        {
            return $"{Write(type.GetElementType()!, nullability?.ElementType, space)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsPointer)
        {
            return $"{Write(type.GetElementType()!, null, space)}*";
        }

        if (type.IsGenericParameter || Keywords.ContainsKey(type))
        {
            return Keywords.GetValueOrDefault(type, type.Name);
        }

        var arguments = type.GetGenericArguments()
            .Select((argument, i) => Write(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(i), space))
            .ToArray();
        if (type is { IsGenericType: true, Namespace: "System" } && type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal))
        {
            return $"({string.Join(", ", arguments)})";
        }

        return Space(type, space) + Nested(type, new Queue<string>(arguments));
    }

    // Reflection gives the arguments of Outer<T>.Inner<U> in one list, outermost first.
    private static string Nested(Type type, Queue<string> arguments)
    {
        var outer = type.DeclaringType is { } parent ? Nested(parent, arguments) + "." : "";
        var own = type.GetGenericArguments().Length - (type.DeclaringType?.GetGenericArguments().Length ?? 0);
        var list = own == 0 ? "" : $"<{string.Join(", ", Enumerable.Range(0, own).Select(_ => arguments.Dequeue()))}>";
        return outer + type.Name.Split('`')[0] + list;
    }

    private static string? Space(MemberInfo member) => member.DeclaringType!.Namespace;

    private static string Space(Type type, string? space)
    {
        var own = type.Namespace ?? "";
        return own.Length == 0 || Opened.Contains(own) || $"{space}.".StartsWith($"{own}.", StringComparison.Ordinal) ? "" : own + ".";
    }

    // The compiler writes 2 for '?', on the element itself or, when most agree, on the member or type around it.
    private static bool IsMarked(ICustomAttributeProvider element, MemberInfo? around)
    {
        if (First(element, typeof(NullableAttribute)) is { } own)
        {
            return own == 2;
        }

        for (; around is not null; around = around.DeclaringType)
        {
            if (First(around, typeof(NullableContextAttribute)) is { } context)
            {
                return context == 2;
            }
        }

        return false;
    }

    private static byte? First(ICustomAttributeProvider element, Type attribute)
    {
        var all = element is ParameterInfo parameter ? parameter.CustomAttributes : ((MemberInfo)element).CustomAttributes;
        var value = all.FirstOrDefault(one => one.AttributeType.FullName == attribute.FullName)?.ConstructorArguments[0].Value;
        return value switch
        {
            byte single => single,
            ReadOnlyCollection<CustomAttributeTypedArgument> many => (byte)many[0].Value!,
            _ => null,
        };
    }
}
