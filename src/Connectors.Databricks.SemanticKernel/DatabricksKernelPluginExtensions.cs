using Connectors.Databricks;
using Connectors.Databricks.Endpoints;
using Connectors.Databricks.SemanticKernel.Functions;
using Connectors.Databricks.SemanticKernel.Hosting;
using Microsoft.Extensions.DependencyInjection;

// The namespace of every method that adds plugins to a kernel: an app that builds one has it in scope.
namespace Microsoft.SemanticKernel;

/// <summary>Lets the model of a kernel find out which endpoints a Databricks workspace serves.</summary>
public static class DatabricksKernelPluginExtensions
{
    private const string UsualName = "DatabricksEndpoints";

    /// <summary>
    /// Adds the tools of <see cref="DatabricksEndpointClient.AsTools"/> as a plugin to a kernel that is being built: what is served, what
    /// each endpoint can do, and which one suits a task.
    /// </summary>
    /// <param name="plugins">The plugins of the kernel to be.</param>
    /// <param name="options">What is allowed; <see langword="null"/> for reading alone.</param>
    /// <param name="client">
    /// The workspace; <see langword="null"/> for the one that the app has registered with <c>AddDatabricksServing</c>, and without that for
    /// the one that the environment names.
    /// </param>
    /// <param name="pluginName">The name before each function's: letters, digits and underscores, 40 at most.</param>
    /// <returns><paramref name="plugins"/>.</returns>
    /// <exception cref="ArgumentException">
    /// The name has other characters or is too long. When the kernel is built: changes are allowed without an approval, or there is a
    /// plugin of that name already.
    /// </exception>
    /// <exception cref="DatabricksCredentialException">When the kernel is built: the environment names no workspace.</exception>
    public static IKernelBuilderPlugins AddDatabricksEndpoints(
        this IKernelBuilderPlugins plugins,
        EndpointToolOptions? options = null,
        DatabricksServingClient? client = null,
        string pluginName = UsualName)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        EndpointPlugin.CheckName(pluginName);
        plugins.Services.AddSingleton<KernelPlugin>(
            services => new EndpointPlugin(pluginName, ServingClients.Of(client)(services).Endpoints, options));
        return plugins;
    }

    /// <summary>Adds the tools of <see cref="DatabricksEndpointClient.AsTools"/> as a plugin to a kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">What is allowed; <see langword="null"/> for reading alone.</param>
    /// <param name="client">
    /// The workspace; <see langword="null"/> for the one among the kernel's services, and without that for the one that the environment
    /// names.
    /// </param>
    /// <param name="pluginName">The name before each function's: letters, digits and underscores, 40 at most.</param>
    /// <returns>The plugin.</returns>
    /// <exception cref="ArgumentException">
    /// The name has other characters or is too long, there is a plugin of that name already, or changes are allowed without an approval
    /// them.
    /// </exception>
    /// <exception cref="DatabricksCredentialException">The environment names no workspace.</exception>
    public static KernelPlugin ImportDatabricksEndpoints(
        this Kernel kernel,
        EndpointToolOptions? options = null,
        DatabricksServingClient? client = null,
        string pluginName = UsualName)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        EndpointPlugin.CheckName(pluginName);
        var plugin = new EndpointPlugin(pluginName, ServingClients.Of(client)(kernel.Services).Endpoints, options);
        kernel.Plugins.Add(plugin);
        return plugin;
    }
}
