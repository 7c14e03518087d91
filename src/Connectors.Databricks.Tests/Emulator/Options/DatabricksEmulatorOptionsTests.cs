using System.Collections;
using System.Reflection;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Options;

public class DatabricksEmulatorOptionsTests
{
    [Fact]
    public void A_copy_shares_no_group_and_no_list_with_its_original()
    {
        var options = new DatabricksEmulatorOptions();
        DatabricksEmulatorOptions copy = options.Copy();

        foreach (PropertyInfo group in typeof(DatabricksEmulatorOptions).GetProperties().Where(property => IsGroup(property.PropertyType)))
        {
            Assert.NotSame(group.GetValue(options), group.GetValue(copy));
            foreach (PropertyInfo list in Lists(group.PropertyType))
            {
                Assert.NotSame(list.GetValue(group.GetValue(options)), list.GetValue(group.GetValue(copy)));
            }
        }
    }

    [Fact]
    public void Every_member_of_a_group_is_copied()
    {
        var options = new DatabricksEmulatorOptions
        {
            Authentication = { TokenLifetime = TimeSpan.FromMinutes(7) },
            Management = { ReadsToDeploy = 7 },
            Limits = { MaxServedEntities = 7 },
            Faults = { Seed = 7 },
            Quirks = { ClaudeAcceptsStrictTools = true },
        };
        DatabricksEmulatorOptions copy = options.Copy();

        Assert.Equal(
            (TimeSpan.FromMinutes(7), 7, 7, 7, true),
            (copy.Authentication.TokenLifetime, copy.Management.ReadsToDeploy, copy.Limits.MaxServedEntities, copy.Faults.Seed,
                copy.Quirks.ClaudeAcceptsStrictTools));
    }

    private static bool IsGroup(Type type) => type.Name.EndsWith("Options", StringComparison.Ordinal);

    private static IEnumerable<PropertyInfo> Lists(Type group) =>
        group.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable)));
}
