using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Settings;

/// <summary>Resolves settings on a pretended machine.</summary>
internal static class Resolve
{
    public static ResolvedSettings On(FakePlatform machine, Action<DatabricksServingOptions>? code = null, bool hasCredential = false)
    {
        var options = new DatabricksServingOptions();
        code?.Invoke(options);
        return SettingsResolver.Resolve(SettingTable.FromCode(options), hasCredential, machine);
    }

    /// <summary>What was found, as a report lists it.</summary>
    public static IEnumerable<string> Lines(FakePlatform machine, Action<DatabricksServingOptions>? code = null) =>
        On(machine, code).Shown.Select(setting => setting.ToString());

    public static DatabricksCredentialException Failure(FakePlatform machine, Action<DatabricksServingOptions>? code = null) =>
        Assert.Throws<DatabricksCredentialException>(() => On(machine, code));
}
