using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>Writes the attributes that change what a caller may do; the rest are the author's business.</summary>
internal static class PublicApiAttributes
{
    private static readonly HashSet<Type> Telling =
    [
        typeof(AttributeUsageAttribute),
        typeof(EditorBrowsableAttribute),
        typeof(ExperimentalAttribute),
        typeof(FlagsAttribute),
        typeof(ObsoleteAttribute),
        typeof(RequiresDynamicCodeAttribute),
        typeof(RequiresUnreferencedCodeAttribute),
        typeof(SetsRequiredMembersAttribute),
    ];

    public static string Print(MemberInfo member) => string.Concat(
        from attribute in member.CustomAttributes
        where Telling.Contains(attribute.AttributeType) && !IsTheCompilers(attribute, member)
        let text = Print(attribute)
        orderby text
        select text + "\n");

    private static string Print(CustomAttributeData attribute)
    {
        var name = attribute.AttributeType.Name[..^"Attribute".Length];
        var arguments = string.Join(", ", attribute.ConstructorArguments.Select(Value)
            .Concat(attribute.NamedArguments.Select(named => $"{named.MemberName} = {Value(named.TypedValue)}")));
        return arguments.Length == 0 ? $"[{name}]" : $"[{name}({arguments})]";
    }

    private static string Value(CustomAttributeTypedArgument argument) =>
        PublicApiValues.Print(argument.Value, argument.ArgumentType, null);

    // To keep old compilers away, the compiler marks ref structs and constructors of types with required members as obsolete.
    private static bool IsTheCompilers(CustomAttributeData attribute, MemberInfo member) =>
        attribute.AttributeType == typeof(ObsoleteAttribute)
        && member.CustomAttributes.Any(other => other.AttributeType == typeof(CompilerFeatureRequiredAttribute));
}
