using System.Reflection;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>A user who mocks the client can create everything that its members return.</summary>
public class MockTests
{
    private static readonly Assembly Core = typeof(DatabricksServingClient).Assembly;

    [Fact]
    public void Everything_that_a_mock_returns_can_be_created() => Rule.Holds(
        from declaring in Core.GetExportedTypes()
        from member in declaring.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where member is { IsVirtual: true, IsFinal: false } && !declaring.IsSealed
        from type in Ours(member.ReturnType)
        where !CanBeCreated(type)
        select $"{declaring.Name}.{member.Name} returns {type.Name}, which has no public constructor or factory.");

    [Fact]
    public void A_type_without_a_constructor_or_factory_is_not_created() =>
        Assert.Equal(
            [false, true, true, true],
            new[]
            {
                typeof(Connectors.Databricks.Transport.ServingReply), typeof(DatabricksCompletion), typeof(DatabricksModelCapabilities),
                typeof(DatabricksAccessToken),
            }.Select(CanBeCreated));

    private static IEnumerable<Type> Ours(Type type) =>
        type.IsGenericType ? type.GenericTypeArguments.SelectMany(Ours) :
        type.Assembly == Core && type is { IsEnum: false, IsGenericParameter: false } ? [type] : [];

    private static bool CanBeCreated(Type type) =>
        type.IsPublic && (type.IsValueType
            || type.GetConstructors().Length > 0
            || type is { IsSealed: false } && type.GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance).Any(one => one.IsFamily)
            || type.GetMembers(BindingFlags.Public | BindingFlags.Static).Any(member => member switch
            {
                MethodInfo method => method.ReturnType == type,
                PropertyInfo property => property.PropertyType == type,
                _ => false,
            }));
}
