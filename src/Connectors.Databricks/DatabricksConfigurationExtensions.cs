using Connectors.Databricks.Hosting;
using Microsoft.Extensions.Configuration;

namespace Connectors.Databricks;

/// <summary>Binds options to configuration sections, for clients that are created without dependency injection.</summary>
public static class DatabricksConfigurationExtensions
{
    /// <summary>Sets the options that a configuration section contains, as <c>AddDatabricksServing(configuration)</c> does.</summary>
    /// <param name="options">The options to set.</param>
    /// <param name="configuration">The section, such as <c>"Databricks": { "Host": "…", "Authentication": { "Profile": "…" } }</c>.</param>
    /// <returns><paramref name="options"/>.</returns>
    /// <exception cref="ArgumentException">
    /// A key is unknown or its value is invalid; the message contains the full path of the key.
    /// </exception>
    public static DatabricksServingOptions Bind(this DatabricksServingOptions options, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configuration);
        OptionsFromConfiguration.Read(configuration, options);
        return options;
    }

    /// <summary>Sets the chat options that a configuration section contains, for one chat client.</summary>
    /// <param name="options">The options to set.</param>
    /// <param name="configuration">The section, such as <c>"CarefulChat": { "CachePrompts": true }</c>.</param>
    /// <returns><paramref name="options"/>.</returns>
    /// <exception cref="ArgumentException">
    /// A key is unknown or its value is invalid; the message contains the full path of the key.
    /// </exception>
    public static DatabricksChatOptions Bind(this DatabricksChatOptions options, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configuration);
        OptionsFromConfiguration.Read(configuration, options);
        return options;
    }
}
