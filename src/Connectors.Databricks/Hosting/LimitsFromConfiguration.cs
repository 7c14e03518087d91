using Microsoft.Extensions.Configuration;

namespace Connectors.Databricks.Hosting;

/// <summary>Reads <see cref="DatabricksServingOptions.ResponseLimits"/>.</summary>
internal static class LimitsFromConfiguration
{
    private static readonly Dictionary<string, Action<DatabricksResponseLimits, string>> ResponseLimits = new(
        StringComparer.OrdinalIgnoreCase)
    {
        [nameof(DatabricksResponseLimits.MaxBytes)] = (limits, text) => limits.MaxBytes = OptionsFromConfiguration.Long(text),
        [nameof(DatabricksResponseLimits.MaxErrorBytes)] = (limits, text) => limits.MaxErrorBytes = OptionsFromConfiguration.Whole(text),
        [nameof(DatabricksResponseLimits.MaxEventBytes)] = (limits, text) => limits.MaxEventBytes = OptionsFromConfiguration.Whole(text),
        [nameof(DatabricksResponseLimits.MaxJsonDepth)] = (limits, text) => limits.MaxJsonDepth = OptionsFromConfiguration.Whole(text),
        [nameof(DatabricksResponseLimits.MaxToolArgumentBytes)] = (limits, text) =>
            limits.MaxToolArgumentBytes = OptionsFromConfiguration.Whole(text),
        [nameof(DatabricksResponseLimits.MaxChatBytes)] = (limits, text) => limits.MaxChatBytes = OptionsFromConfiguration.Long(text),
        [nameof(DatabricksResponseLimits.MaxManagementBytes)] = (limits, text) =>
            limits.MaxManagementBytes = OptionsFromConfiguration.Long(text),
        [nameof(DatabricksResponseLimits.MaxItems)] = (limits, text) => limits.MaxItems = OptionsFromConfiguration.Whole(text),
        [nameof(DatabricksResponseLimits.MaxJsonValues)] = (limits, text) => limits.MaxJsonValues = OptionsFromConfiguration.Whole(text),
    };

    public static void Read(IConfigurationSection section, DatabricksResponseLimits limits) =>
        OptionsFromConfiguration.ReadGroup(section, ResponseLimits, limits);
}
