using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>Reads from a compiled assembly which types and members of another one it uses that are not public.</summary>
internal static class InternalsUsed
{
    /// <returns>A line for each: <c>Namespace.Type</c>, or <c>Namespace.Type.Member</c> if the type is public.</returns>
    public static IReadOnlyList<string> Of(Assembly user, Assembly used)
    {
        using var file = new PEReader(File.OpenRead(user.Location));
        var metadata = file.GetMetadataReader();
        SortedSet<string> names = new(StringComparer.Ordinal);
        foreach (var type in metadata.TypeReferences.Select(handle => Resolve(used, metadata, handle)).OfType<Type>().Where(type =>
            !type.IsVisible))
        {
            names.Add(type.FullName!);
        }

        foreach (var member in metadata.MemberReferences.Select(metadata.GetMemberReference))
        {
            if (member.Parent.Kind == HandleKind.TypeReference
                && Resolve(used, metadata, (TypeReferenceHandle)member.Parent) is { IsVisible: true } type
                && metadata.GetString(member.Name) is var name
                && !IsPublic(type, name))
            {
                names.Add($"{type.FullName}.{name}");
            }
        }

        return [.. names];
    }

    private static Type? Resolve(Assembly used, MetadataReader metadata, TypeReferenceHandle handle)
    {
        var reference = metadata.GetTypeReference(handle);
        var name = metadata.GetString(reference.Name);
        return reference.ResolutionScope.Kind switch
        {
            HandleKind.AssemblyReference when metadata.GetString(
                metadata.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope).Name) == used.GetName().Name =>
                used.GetType($"{metadata.GetString(reference.Namespace)}.{name}"),
            HandleKind.TypeReference when Resolve(used, metadata, (TypeReferenceHandle)reference.ResolutionScope) is { } outer =>
                outer.GetNestedType(name, BindingFlags.Public | BindingFlags.NonPublic),
            _ => null,
        };
    }

    private static bool IsPublic(Type type, string member) =>
        type.GetMember(
            member, BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy).Length > 0;
}
