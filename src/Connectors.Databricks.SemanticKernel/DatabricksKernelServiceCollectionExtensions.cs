using System.Runtime.CompilerServices;
using Connectors.Databricks;
using Connectors.Databricks.SemanticKernel;
using Connectors.Databricks.SemanticKernel.Hosting;

// The namespace of the service collection, so that no using is needed.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds endpoints of Databricks Model Serving to the services of an app that uses Semantic Kernel.</summary>
public static partial class DatabricksKernelServiceCollectionExtensions
{
    /// <summary>
    /// Adds a chat completion service, which generates text as well, for an endpoint of the workspace that the app registered with
    /// <c>AddDatabricksServing</c>, otherwise of the workspace of the environment.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="client">
    /// The client of the workspace; <see langword="null"/> for the registered one, otherwise one with unified authentication.
    /// </param>
    /// <param name="serviceId">The key of the service; <see langword="null"/> for none.</param>
    /// <param name="options">
    /// The chat options; <see langword="null"/> for <see cref="DatabricksServingOptions.Chat"/> of the client.
    /// </param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException">The name of the endpoint is empty.</exception>
    [OverloadResolutionPriority(1)]   // ("e", null, "key") means a client and its key, not a host and a token
    public static IServiceCollection AddDatabricksChatCompletion(
        this IServiceCollection services,
        string endpointName,
        DatabricksServingClient? client = null,
        string? serviceId = null,
        DatabricksChatOptions? options = null) =>
        services.AddChatCompletion(endpointName, serviceId, ServingClients.Of(client), options);

    /// <summary>
    /// Adds a chat completion service, which generates text as well, for an endpoint, with a token.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="host">
    /// The workspace, a <see cref="string"/> or a <see cref="Uri"/>, such as <c>https://adb-1234567890123456.7.azuredatabricks.net</c>.
    /// </param>
    /// <param name="token">A personal access token or another bearer token.</param>
    /// <param name="serviceId">The key of the service; <see langword="null"/> for none.</param>
    /// <param name="httpClient">The HTTP client; <see langword="null"/> for the registered one, otherwise a shared one.</param>
    /// <param name="options">
    /// The chat options; <see langword="null"/> for <see cref="DatabricksServingOptions.Chat"/> of the client.
    /// </param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException">The name of the endpoint or the token is empty.</exception>
    public static IServiceCollection AddDatabricksChatCompletion(
        this IServiceCollection services,
        string endpointName,
        DatabricksHost host,
        string token,
        string? serviceId = null,
        HttpClient? httpClient = null,
        DatabricksChatOptions? options = null) =>
        services.AddChatCompletion(endpointName, serviceId, ServingClients.Of(host, token, httpClient), options);

    /// <summary>
    /// Adds a chat completion service, which generates text as well, for an endpoint, with a credential.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="host">
    /// The workspace, a <see cref="string"/> or a <see cref="Uri"/>, such as <c>https://adb-1234567890123456.7.azuredatabricks.net</c>.
    /// </param>
    /// <param name="credential">Provides bearer tokens.</param>
    /// <param name="serviceId">The key of the service; <see langword="null"/> for none.</param>
    /// <param name="httpClient">The HTTP client; <see langword="null"/> for the registered one, otherwise a shared one.</param>
    /// <param name="options">
    /// The chat options; <see langword="null"/> for <see cref="DatabricksServingOptions.Chat"/> of the client.
    /// </param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException">The name of the endpoint is empty.</exception>
    public static IServiceCollection AddDatabricksChatCompletion(
        this IServiceCollection services,
        string endpointName,
        DatabricksHost host,
        DatabricksCredential credential,
        string? serviceId = null,
        HttpClient? httpClient = null,
        DatabricksChatOptions? options = null) =>
        services.AddChatCompletion(endpointName, serviceId, ServingClients.Of(host, credential, httpClient), options);
}
