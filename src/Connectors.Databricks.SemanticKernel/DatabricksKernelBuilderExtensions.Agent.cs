using Connectors.Databricks;
using Connectors.Databricks.SemanticKernel;
using Connectors.Databricks.SemanticKernel.Hosting;

// The namespace of the kernel builder, so that no using is needed.
namespace Microsoft.SemanticKernel;

public static partial class DatabricksKernelBuilderExtensions
{
    /// <summary>
    /// Adds a chat completion service, which generates text as well, for an agent on Databricks Apps or on a serving endpoint. The
    /// workspace is the one that the app registered with <c>AddDatabricksServing</c>, otherwise that of the environment.
    /// </summary>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="agentName"><c>apps/</c> and the name of an app, or the name of a serving endpoint.</param>
    /// <param name="client">
    /// The client of the workspace; <see langword="null"/> for the registered one, otherwise one with unified authentication.
    /// </param>
    /// <param name="serviceId">The key of the service; <see langword="null"/> for none.</param>
    /// <param name="options">
    /// The chat options; <see langword="null"/> for <see cref="DatabricksServingOptions.Chat"/> of the client.
    /// </param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentException">The name of the agent is empty.</exception>
    public static IKernelBuilder AddDatabricksAgentChatCompletion(
        this IKernelBuilder builder,
        string agentName,
        DatabricksServingClient? client = null,
        string? serviceId = null,
        DatabricksChatOptions? options = null) =>
        builder.AddAgentChatCompletion(agentName, serviceId, ServingClients.Of(client), options);
}
