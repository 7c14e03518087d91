using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Connectors.Databricks.Hosting;

/// <summary>Reads the groups of options about limits: each a section of its own.</summary>
internal static class LimitsFromConfiguration
{
    private static readonly Dictionary<string, Action<DatabricksCallLimits, string>> CallLimits = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(DatabricksCallLimits.MaxConcurrentCalls)] = (limits, text) => limits.MaxConcurrentCalls = OptionsFromConfiguration.Whole(text),
        [nameof(DatabricksCallLimits.MaxCallsPerSecond)] = (limits, text) => limits.MaxCallsPerSecond = Number(text),
        [nameof(DatabricksCallLimits.AdaptsToThrottling)] = (limits, text) => limits.AdaptsToThrottling = OptionsFromConfiguration.Flagged(text),
        [nameof(DatabricksCallLimits.MaxQueuedCalls)] = (limits, text) => limits.MaxQueuedCalls = OptionsFromConfiguration.Whole(text),
    };

    private static readonly Dictionary<string, Action<DatabricksResponseLimits, string>> ResponseLimits = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(DatabricksResponseLimits.MaxBytes)] = (limits, text) => limits.MaxBytes = Long(text),
        [nameof(DatabricksResponseLimits.MaxErrorBytes)] = (limits, text) => limits.MaxErrorBytes = OptionsFromConfiguration.Whole(text),
        [nameof(DatabricksResponseLimits.MaxEventBytes)] = (limits, text) => limits.MaxEventBytes = OptionsFromConfiguration.Whole(text),
        [nameof(DatabricksResponseLimits.MaxJsonDepth)] = (limits, text) => limits.MaxJsonDepth = OptionsFromConfiguration.Whole(text),
        [nameof(DatabricksResponseLimits.MaxToolArgumentBytes)] = (limits, text) => limits.MaxToolArgumentBytes = OptionsFromConfiguration.Whole(text),
        [nameof(DatabricksResponseLimits.MaxChatBytes)] = (limits, text) => limits.MaxChatBytes = Long(text),
        [nameof(DatabricksResponseLimits.MaxManagementBytes)] = (limits, text) => limits.MaxManagementBytes = Long(text),
        [nameof(DatabricksResponseLimits.MaxItems)] = (limits, text) => limits.MaxItems = OptionsFromConfiguration.Whole(text),
        [nameof(DatabricksResponseLimits.MaxJsonValues)] = (limits, text) => limits.MaxJsonValues = OptionsFromConfiguration.Whole(text),
    };

    private static readonly Dictionary<string, Action<DatabricksCircuitBreakerOptions, string>> CircuitBreaker = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(DatabricksCircuitBreakerOptions.FailureRatio)] = (options, text) => options.FailureRatio = Number(text),
        [nameof(DatabricksCircuitBreakerOptions.MinimumCalls)] = (options, text) => options.MinimumCalls = OptionsFromConfiguration.Whole(text),
        [nameof(DatabricksCircuitBreakerOptions.SamplingDuration)] = (options, text) => options.SamplingDuration = OptionsFromConfiguration.Time(text),
        [nameof(DatabricksCircuitBreakerOptions.BreakDuration)] = (options, text) => options.BreakDuration = OptionsFromConfiguration.Time(text),
    };

    public static IEnumerable<string> Names { get; } =
    [
        nameof(DatabricksServingOptions.CallLimits), nameof(DatabricksServingOptions.ResponseLimits), nameof(DatabricksServingOptions.CircuitBreaker),
    ];

    /// <returns>Whether the section is one of the groups.</returns>
    public static bool TryRead(IConfigurationSection section, DatabricksServingOptions options)
    {
        if (Is(section, nameof(DatabricksServingOptions.CallLimits)))
        {
            OptionsFromConfiguration.ReadGroup(section, CallLimits, options.CallLimits);
            return true;
        }

        if (Is(section, nameof(DatabricksServingOptions.ResponseLimits)))
        {
            OptionsFromConfiguration.ReadGroup(section, ResponseLimits, options.ResponseLimits);
            return true;
        }

        if (Is(section, nameof(DatabricksServingOptions.CircuitBreaker)))
        {
            OptionsFromConfiguration.ReadGroup(section, CircuitBreaker, options.CircuitBreaker ??= new DatabricksCircuitBreakerOptions());
            return true;
        }

        return false;
    }

    private static bool Is(IConfigurationSection section, string name) => section.Key.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new FormatException("is not a number. Write it as 0.5.");

    private static long Long(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new FormatException("is not a whole number.");
}
