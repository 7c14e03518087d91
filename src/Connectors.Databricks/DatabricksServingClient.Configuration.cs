using Connectors.Databricks.Hosting;
using Microsoft.Extensions.Configuration;

namespace Connectors.Databricks;

public partial class DatabricksServingClient
{
    /// <summary>
    /// Sets options from a section of the app's configuration, as <c>AddDatabricksServing(configuration)</c> does: for clients that are made
    /// by hand, and for a second workspace beside the registered one.
    /// </summary>
    /// <param name="options">The options to set.</param>
    /// <param name="configuration">The section, such as <c>"Databricks": { "Host": "…", "Authentication": { "Profile": "…" } }</c>.</param>
    /// <exception cref="ArgumentException">A key is no option, or its value cannot be read; the message gives the key's whole path.</exception>
    public static void Configure(DatabricksServingOptions options, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configuration);
        OptionsFromConfiguration.Read(configuration, options);
    }
}
