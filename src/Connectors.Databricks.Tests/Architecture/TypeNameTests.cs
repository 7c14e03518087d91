using System.Reflection;
using System.Runtime.CompilerServices;

namespace Connectors.Databricks.Tests.Architecture;

public class TypeNameTests
{
    [Theory]
    [InlineData("Connectors.Databricks")]
    [InlineData("Connectors.Databricks.Management")]
    [InlineData("Connectors.Databricks.AspNetCore")]
    [InlineData("Connectors.Databricks.Emulator")]
    public void No_two_types_of_an_assembly_have_the_same_name(string assembly) =>
        Rule.Holds(SharedNames(Assembly.Load(assembly).GetTypes()));

    [Fact]
    public void Two_types_with_the_same_name_are_named() => Assert.Equal(
        ["Timer: System.Threading.Timer, System.Timers.Timer"],
        SharedNames([typeof(System.Timers.Timer), typeof(Timer), typeof(List<>), typeof(Lazy<>), typeof(Lazy<,>)]));

    // Nested types are read with the name of the type around them, and generic types with their number of parameters.
    private static IEnumerable<string> SharedNames(IEnumerable<Type> types) =>
        from type in types
        where !type.IsNested && !type.IsDefined(typeof(CompilerGeneratedAttribute))
        group type.FullName by type.Name into named
        where named.Count() > 1
        select $"{named.Key}: {string.Join(", ", named.Order(StringComparer.Ordinal))}";
}
