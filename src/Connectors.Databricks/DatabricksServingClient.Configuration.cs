using Connectors.Databricks.Hosting;
using Microsoft.Extensions.Configuration;

namespace Connectors.Databricks;

public partial class DatabricksServingClient
{
    /// <summary>
    /// Sets options from a configuration section, as <c>AddDatabricksServing(configuration)</c> does: for clients created without
    /// dependency
    /// injection, and for a second workspace in addition to the registered one.
    /// </summary>
    /// <param name="options">The options to set.</param>
    /// <param name="configuration">The section, such as <c>"Databricks": { "Host": "…", "Authentication": { "Profile": "…" } }</c>.</param>
    /// <exception cref="ArgumentException">
    /// A key is unknown or its value is invalid; the message contains the full path of the key.
    /// </exception>
    public static void Configure(DatabricksServingOptions options, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configuration);
        OptionsFromConfiguration.Read(configuration, options);
    }
}
