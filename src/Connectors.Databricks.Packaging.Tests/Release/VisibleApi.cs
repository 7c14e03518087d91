using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Connectors.Databricks.Packaging.Tests.Release;

/// <summary>The types that users of an assembly see, and the names of the members they see of each, read from its metadata.</summary>
internal static class VisibleApi
{
    /// <summary>By the name that documentation ids use: nested types after a dot.</summary>
    public static IReadOnlyDictionary<string, HashSet<string>> Of(byte[] assembly)
    {
        using var image = new PEReader(ImmutableArray.Create(assembly));
        var metadata = image.GetMetadataReader();
        return metadata.TypeDefinitions
            .Select(handle => metadata.GetTypeDefinition(handle))
            .Where(type => IsVisible(metadata, type))
            .ToDictionary(type => NameOf(metadata, type), type => MembersOf(metadata, type), StringComparer.Ordinal);
    }

    private static bool IsVisible(MetadataReader metadata, TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
            IsVisible(metadata, metadata.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private static string NameOf(MetadataReader metadata, TypeDefinition type)
    {
        var name = metadata.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer ? $"{NameOf(metadata, metadata.GetTypeDefinition(outer))}.{name}"
            : type.Namespace.IsNil ? name
            : $"{metadata.GetString(type.Namespace)}.{name}";
    }

    private static HashSet<string> MembersOf(MetadataReader metadata, TypeDefinition type)
    {
        var methods = type.GetMethods().Select(handle => metadata.GetMethodDefinition(handle))
            .Where(method => IsVisible(method.Attributes & MethodAttributes.MemberAccessMask))
            .Select(method => metadata.GetString(method.Name)).ToHashSet(StringComparer.Ordinal);
        var fields = type.GetFields().Select(handle => metadata.GetFieldDefinition(handle))
            .Where(field => (field.Attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family)
            .Select(field => metadata.GetString(field.Name));

        // A property or event is as visible as the most visible of its accessors.
        var others = methods.Where(name => name is ['g' or 's', 'e', 't', '_', ..] or ['a', 'd', 'd', '_', ..]).Select(name => name[4..]);
        return methods.Concat(fields).Concat(others).Select(name => name.Replace('.', '#')).ToHashSet(StringComparer.Ordinal);
    }

    private static bool IsVisible(MethodAttributes access) =>
        access is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;
}
