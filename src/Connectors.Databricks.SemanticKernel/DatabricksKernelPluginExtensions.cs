using Connectors.Databricks;
using Connectors.Databricks.SemanticKernel.Functions;
using Connectors.Databricks.SemanticKernel.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

// The namespace of every method that adds plugins to a kernel: an app that builds one has it in scope.
namespace Microsoft.SemanticKernel;

/// <summary>Adds plugins with which the model of a kernel finds the endpoints of a Databricks workspace.</summary>
public static class DatabricksKernelPluginExtensions
{
    private const string UsualName = "DatabricksEndpoints";

    /// <summary>
    /// Adds the tools of <see cref="EndpointDirectoryExtensions.CreateTools"/> as a plugin to a kernel that is being built: they list and
    /// inspect
    /// the endpoints of a workspace, and change nothing.
    /// </summary>
    /// <param name="plugins">The plugins of the kernel to be.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <param name="client">
    /// The workspace; <see langword="null"/> for the one that the app has registered with <c>AddDatabricksServing</c>, and without that for
    /// the one that the environment names.
    /// </param>
    /// <param name="pluginName">The name of the plugin: letters, digits and underscores, at most 40.</param>
    /// <param name="additionalTools">
    /// Creates further tools for the plugin, such as those of the package Connectors.Databricks.Management that monitor and change
    /// endpoints:
    /// <c>serving => serving.GetManagementClient().CreateTools(…)</c>.
    /// </param>
    /// <returns><paramref name="plugins"/>.</returns>
    /// <exception cref="ArgumentException">
    /// The name has other characters or is too long. When the kernel is built: an option is invalid, or a plugin with the name exists.
    /// </exception>
    /// <exception cref="DatabricksCredentialException">When the kernel is built: the environment names no workspace.</exception>
    public static IKernelBuilderPlugins AddDatabricksEndpoints(
        this IKernelBuilderPlugins plugins,
        EndpointToolOptions? options = null,
        DatabricksServingClient? client = null,
        string pluginName = UsualName,
        Func<DatabricksServingClient, IEnumerable<AIFunction>>? additionalTools = null)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        EndpointPlugin.CheckName(pluginName);
        plugins.Services.AddSingleton<KernelPlugin>(
            services => new EndpointPlugin(pluginName, ServingClients.Of(client)(services), options, additionalTools));
        return plugins;
    }

    /// <summary>Adds the tools of <see cref="EndpointDirectoryExtensions.CreateTools"/> as a plugin to a kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <param name="client">
    /// The workspace; <see langword="null"/> for the one among the kernel's services, and without that for the one that the environment
    /// names.
    /// </param>
    /// <param name="pluginName">The name of the plugin: letters, digits and underscores, at most 40.</param>
    /// <param name="additionalTools">
    /// Creates further tools for the plugin, such as those of the package Connectors.Databricks.Management that monitor and change
    /// endpoints:
    /// <c>serving => serving.GetManagementClient().CreateTools(…)</c>.
    /// </param>
    /// <returns>The plugin.</returns>
    /// <exception cref="ArgumentException">
    /// The name has other characters or is too long, a plugin with the name exists, or an option is invalid.
    /// </exception>
    /// <exception cref="DatabricksCredentialException">The environment names no workspace.</exception>
    public static KernelPlugin ImportDatabricksEndpoints(
        this Kernel kernel,
        EndpointToolOptions? options = null,
        DatabricksServingClient? client = null,
        string pluginName = UsualName,
        Func<DatabricksServingClient, IEnumerable<AIFunction>>? additionalTools = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        EndpointPlugin.CheckName(pluginName);
        var plugin = new EndpointPlugin(pluginName, ServingClients.Of(client)(kernel.Services), options, additionalTools);
        kernel.Plugins.Add(plugin);
        return plugin;
    }
}
