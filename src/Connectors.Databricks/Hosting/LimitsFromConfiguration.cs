using Microsoft.Extensions.Configuration;

namespace Connectors.Databricks.Hosting;

/// <summary>Reads <see cref="DatabricksServingOptions.ResponseLimits"/>.</summary>
internal static class LimitsFromConfiguration
{
    private static readonly Dictionary<string, Action<DatabricksResponseLimitOptions, string>> ResponseLimits = new(
        StringComparer.OrdinalIgnoreCase)
    {
        [nameof(DatabricksResponseLimitOptions.MaxBytes)] = (limits, text) => limits.MaxBytes = OptionsFromConfiguration.Long(text),
        [nameof(DatabricksResponseLimitOptions.MaxErrorBytes)] =
            (limits, text) => limits.MaxErrorBytes = OptionsFromConfiguration.Whole(text),
        [nameof(DatabricksResponseLimitOptions.MaxEventBytes)] =
            (limits, text) => limits.MaxEventBytes = OptionsFromConfiguration.Whole(text),
        [nameof(DatabricksResponseLimitOptions.MaxJsonDepth)] =
            (limits, text) => limits.MaxJsonDepth = OptionsFromConfiguration.Whole(text),
        [nameof(DatabricksResponseLimitOptions.MaxToolArgumentBytes)] = (limits, text) =>
            limits.MaxToolArgumentBytes = OptionsFromConfiguration.Whole(text),
        [nameof(DatabricksResponseLimitOptions.MaxChatBytes)] =
            (limits, text) => limits.MaxChatBytes = OptionsFromConfiguration.Long(text),
        [nameof(DatabricksResponseLimitOptions.MaxManagementBytes)] = (limits, text) =>
            limits.MaxManagementBytes = OptionsFromConfiguration.Long(text),
        [nameof(DatabricksResponseLimitOptions.MaxItems)] = (limits, text) => limits.MaxItems = OptionsFromConfiguration.Whole(text),
        [nameof(DatabricksResponseLimitOptions.MaxJsonValues)] =
            (limits, text) => limits.MaxJsonValues = OptionsFromConfiguration.Whole(text),
    };

    public static void Read(IConfigurationSection section, DatabricksResponseLimitOptions limits) =>
        OptionsFromConfiguration.ReadGroup(section, ResponseLimits, limits);
}
