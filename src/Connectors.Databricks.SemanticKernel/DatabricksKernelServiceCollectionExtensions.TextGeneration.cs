using System.Runtime.CompilerServices;
using Connectors.Databricks;
using Connectors.Databricks.SemanticKernel;
using Connectors.Databricks.SemanticKernel.Hosting;

// The namespace of the service collection, so that no using is needed.
namespace Microsoft.Extensions.DependencyInjection;

public static partial class DatabricksKernelServiceCollectionExtensions
{
    /// <summary>
    /// Adds a text generation service for an endpoint of the workspace that the app registered with <c>AddDatabricksServing</c>, else of
    /// the one that the environment names.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="client">
    /// The client of the workspace; <see langword="null"/> for the registered one, otherwise one with unified authentication.
    /// </param>
    /// <param name="serviceId">The key of the service; <see langword="null"/> for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException">The name of the endpoint is empty.</exception>
    [OverloadResolutionPriority(1)]   // ("e", null, "key") means a client and its key, not a host and a token
    public static IServiceCollection AddDatabricksTextGeneration(
        this IServiceCollection services,
        string endpointName,
        DatabricksServingClient? client = null,
        string? serviceId = null) =>
        services.AddTextGeneration(endpointName, serviceId, ServingClients.Of(client));

    /// <summary>
    /// Adds a text generation service for an endpoint, with a token.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="host">
    /// The workspace, a <see cref="string"/> or a <see cref="Uri"/>, such as <c>https://adb-1234567890123456.7.azuredatabricks.net</c>.
    /// </param>
    /// <param name="token">A personal access token or another bearer token.</param>
    /// <param name="serviceId">The key of the service; <see langword="null"/> for none.</param>
    /// <param name="httpClient">The HTTP client; <see langword="null"/> for the registered one, otherwise a shared one.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException">The name of the endpoint or the token is empty.</exception>
    public static IServiceCollection AddDatabricksTextGeneration(
        this IServiceCollection services,
        string endpointName,
        DatabricksHost host,
        string token,
        string? serviceId = null,
        HttpClient? httpClient = null) =>
        services.AddTextGeneration(endpointName, serviceId, ServingClients.Of(host, token, httpClient));

    /// <summary>
    /// Adds a text generation service for an endpoint, with a credential.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="host">
    /// The workspace, a <see cref="string"/> or a <see cref="Uri"/>, such as <c>https://adb-1234567890123456.7.azuredatabricks.net</c>.
    /// </param>
    /// <param name="credential">Provides bearer tokens.</param>
    /// <param name="serviceId">The key of the service; <see langword="null"/> for none.</param>
    /// <param name="httpClient">The HTTP client; <see langword="null"/> for the registered one, otherwise a shared one.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException">The name of the endpoint is empty.</exception>
    public static IServiceCollection AddDatabricksTextGeneration(
        this IServiceCollection services,
        string endpointName,
        DatabricksHost host,
        DatabricksCredential credential,
        string? serviceId = null,
        HttpClient? httpClient = null) =>
        services.AddTextGeneration(endpointName, serviceId, ServingClients.Of(host, credential, httpClient));
}
