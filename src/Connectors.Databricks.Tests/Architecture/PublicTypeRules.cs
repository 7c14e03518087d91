using System.Reflection;
using System.Runtime.CompilerServices;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>What the public types of a package have in common, checked on its metadata.</summary>
internal static class PublicTypeRules
{
    /// <summary>A positional record fixes the order of its members forever: a new member breaks every caller.</summary>
    public static IEnumerable<string> NoPositionalRecords(IEnumerable<Type> types) =>
        from type in types
        where type.GetMethod("Deconstruct", BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) is not null
        select $"{type.FullName} is a positional record; give it properties with init instead.";

    /// <summary>A record compares its string with regard to case.</summary>
    public static IEnumerable<string> OpenStringsAreNoRecords(IEnumerable<Type> types) =>
        from type in types
        where IsOpenString(type) && IsRecord(type)
        select $"{type.FullName} is a record; write it as Microsoft.Extensions.AI writes ChatRole.";

    /// <summary>Records compare their members; members such as lists and JSON compare references.</summary>
    public static IEnumerable<string> RecordsCompareValues(IEnumerable<Type> types) =>
        from type in types
        where !type.IsValueType && !type.IsAbstract && IsRecord(type)
        from complaint in SampleRecord.Compare(type)
        select complaint;

    /// <summary>A conversion that throws surprises where no call is visible.</summary>
    public static IEnumerable<string> ImplicitConversions(IEnumerable<Type> types) =>
        from type in types
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.Name == "op_Implicit"
        select $"{type.FullName} converts implicitly from {method.GetParameters()[0].ParameterType.Name}.";

    /// <summary>Structures with one string: equality ignores case, and an empty text is rejected.</summary>
    public static IEnumerable<string> OpenStringsAreLikeChatRole(IEnumerable<Type> types) =>
        from type in types
        where IsOpenString(type)
        from complaint in ComplaintsAbout(type)
        select $"{type.FullName}: {complaint}";

    public static bool IsOpenString(Type type) =>
        type.IsValueType && type.GetConstructor([typeof(string)]) is not null && type.GetProperty("Value")?.PropertyType == typeof(string);

    private static IEnumerable<string> ComplaintsAbout(Type type)
    {
        var (lower, upper) = (Activator.CreateInstance(type, "a")!, Activator.CreateInstance(type, "A")!);
        if (!lower.Equals(upper) || lower.GetHashCode() != upper.GetHashCode() || !AreEqual(type, lower, upper))
        {
            yield return "equality depends on case";
        }

        if (lower.Equals(Activator.CreateInstance(type, "b")) || AreEqual(type, lower, Activator.CreateInstance(type, "b")!))
        {
            yield return "different texts are equal";
        }

        if (lower.ToString() != "a")
        {
            yield return "ToString() is not the text";
        }

        foreach (var text in (string?[])[null, "", " "])
        {
            if (Thrown(() => Activator.CreateInstance(type, text)) is not ArgumentException)
            {
                yield return $"the constructor accepts {(text is null ? "null" : $"'{text}'")}";
            }
        }

        var unset = Activator.CreateInstance(type)!;
        if (unset.ToString() != "" || !unset.Equals(unset) || unset.GetHashCode() != unset.GetHashCode())
        {
            yield return "a default structure is not an empty text";
        }
    }

    private static bool AreEqual(Type type, object left, object right) => (bool)type.GetMethod("op_Equality")!.Invoke(null, [left, right])!;

    private static Exception? Thrown(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException;
        }
    }

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            ?.IsDefined(typeof(CompilerGeneratedAttribute)) is true;
}
