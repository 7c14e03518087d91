#if SEMANTIC_KERNEL_PACKAGE
using System.Reflection;
using System.Runtime.Loader;

namespace Connectors.Databricks.SemanticKernel.Tests.Architecture;

/// <summary>Where the real packages are, the stand-ins are held to them: whatever compiles against a stand-in compiles against the real one.</summary>
public class StandInsTests
{
    private static readonly string[] Names = ["Microsoft.Extensions.AI", "Microsoft.SemanticKernel.Abstractions", "Microsoft.SemanticKernel.Core"];

    [Fact]
    public void Every_public_member_of_a_stand_in_is_one_of_the_real_package()
    {
        var standIns = new StandIns(typeof(StandInsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "StandIns").Value!);
        foreach (var name in Names)
        {
            var real = Surface(Assembly.Load(name)).ToHashSet(StringComparer.Ordinal);
            var own = Surface(standIns.LoadFromAssemblyName(new AssemblyName(name))).ToList();

            Assert.NotEmpty(own);
            Assert.Equal([], own.Where(member => !real.Contains(member)));
            Assert.True(own.Count < real.Count, $"The stand-in for {name} is no smaller than the package.");
        }
    }

    private static IEnumerable<string> Surface(Assembly assembly) =>
        from type in assembly.GetExportedTypes()
        from line in (string[])[$"{Kind(type)} {type}", .. Members(type)]
        select line;

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsSealed: true } => "sealed class",
        { IsAbstract: true } => "abstract class",
        _ => "class",
    } + (type.BaseType is { } parent ? $" : {parent}" : "");

    private static IEnumerable<string> Members(Type type) =>
        from member in type.GetMembers(
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where member is MethodBase { IsPublic: true } or MethodBase { IsFamily: true }
        let method = (MethodBase)member
        select $"{type}: {(method.IsStatic ? "static " : "")}{method} ({string.Join(", ", method.GetParameters().Select(Named))})";

    private static string Named(ParameterInfo parameter) =>
        parameter.HasDefaultValue ? $"{parameter.Name} = {parameter.DefaultValue ?? "null"}" : parameter.Name!;

    private sealed class StandIns(string folder) : AssemblyLoadContext("stand-ins")
    {
        // What the stand-ins build on is the same on both sides.
        protected override Assembly? Load(AssemblyName assemblyName) =>
            Names.Contains(assemblyName.Name) ? LoadFromAssemblyPath(Path.Combine(folder, $"{assemblyName.Name}.dll")) : null;
    }
}
#endif
