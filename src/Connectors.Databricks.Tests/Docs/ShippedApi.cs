using System.Reflection;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>The public types of the packages that these tests reference.</summary>
internal static class ShippedApi
{
    public static IReadOnlyList<Assembly> Assemblies { get; } =
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "Connectors.Databricks*.dll")
            .Where(path => !Path.GetFileNameWithoutExtension(path).Split('.').Any(part => part is "Tests" or "Benchmarks" or "Soak"))
            .Select(path => Assembly.Load(AssemblyName.GetAssemblyName(path))),
    ];

    public static IReadOnlyList<Type> Types { get; } = [.. Assemblies.SelectMany(assembly => assembly.GetExportedTypes())];

    /// <summary>The type of a name, without its namespace; null when no package has it.</summary>
    public static Type? Find(string name) => Types.FirstOrDefault(type => type.Name == name);

    /// <summary>A new instance, by the constructor that asks for least; texts are <c>a</c>.</summary>
    public static object New(Type type)
    {
        var constructor = type.GetConstructors().MinBy(candidate => candidate.GetParameters().Length)!;
        return constructor.Invoke(
            [.. constructor.GetParameters().Select(parameter => parameter.ParameterType == typeof(string) ? "a" : null)]);
    }

    public static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties().Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0);
}
