using Connectors.Databricks;
using Connectors.Databricks.SemanticKernel.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.TextGeneration;

// The namespace of every AddX method: an app that has a service collection has it in scope.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts endpoints of Databricks Model Serving into the services of a kernel.</summary>
public static partial class DatabricksKernelServiceCollectionExtensions
{
    /// <summary>
    /// Adds a chat completion service for an endpoint of the workspace that the app has registered with <c>AddDatabricksServing</c>;
    /// without that, of the one that the environment names.
    /// </summary>
    /// <param name="services">The services of the kernel to be.</param>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="client">The workspace, when it is not the registered one.</param>
    /// <param name="serviceId">The key to ask for it with, in a kernel with several; <see langword="null"/> for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException">The name of the endpoint is empty.</exception>
    public static IServiceCollection AddDatabricksChatCompletion(
        this IServiceCollection services, string endpointName, DatabricksServingClient? client = null, string? serviceId = null) =>
        services.AddChatCompletion(endpointName, serviceId, ServingClients.Of(client));

    /// <summary>Adds a chat completion service for an endpoint with a personal access token or another bearer token.</summary>
    /// <param name="services">The services of the kernel to be.</param>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="host">The workspace, such as <c>https://adb-1234567890123456.7.azuredatabricks.net</c>.</param>
    /// <param name="token">The token.</param>
    /// <param name="serviceId">The key to ask for it with, in a kernel with several; <see langword="null"/> for none.</param>
    /// <param name="httpClient">An HTTP client of yours; else that of the services, else a shared one.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException">The name of the endpoint is empty.</exception>
    public static IServiceCollection AddDatabricksChatCompletion(
        this IServiceCollection services,
        string endpointName,
        Uri host,
        string token,
        string? serviceId = null,
        HttpClient? httpClient = null) =>
        services.AddChatCompletion(endpointName, serviceId, ServingClients.Of(host, token, httpClient));

    /// <summary>Adds a chat completion service for an endpoint with a credential.</summary>
    /// <param name="services">The services of the kernel to be.</param>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="host">The workspace, such as <c>https://adb-1234567890123456.7.azuredatabricks.net</c>.</param>
    /// <param name="credential">Where bearer tokens come from.</param>
    /// <param name="serviceId">The key to ask for it with, in a kernel with several; <see langword="null"/> for none.</param>
    /// <param name="httpClient">An HTTP client of yours; else that of the services, else a shared one.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException">The name of the endpoint is empty.</exception>
    public static IServiceCollection AddDatabricksChatCompletion(
        this IServiceCollection services,
        string endpointName,
        Uri host,
        DatabricksCredential credential,
        string? serviceId = null,
        HttpClient? httpClient = null) =>
        services.AddChatCompletion(endpointName, serviceId, ServingClients.Of(host, credential, httpClient));

    /// <summary>
    /// Adds a chat completion service for an endpoint of a workspace that a section of the app's configuration describes.
    /// </summary>
    /// <param name="services">The services of the kernel to be.</param>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="configuration">The section, with the keys of <c>AddDatabricksServing</c>.</param>
    /// <param name="serviceId">The key to ask for it with, in a kernel with several; <see langword="null"/> for none.</param>
    /// <param name="httpClient">An HTTP client of yours; else that of the services, else a shared one.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException">The name of the endpoint is empty.</exception>
    public static IServiceCollection AddDatabricksChatCompletion(
        this IServiceCollection services,
        string endpointName,
        IConfiguration configuration,
        string? serviceId = null,
        HttpClient? httpClient = null) =>
        services.AddChatCompletion(endpointName, serviceId, ServingClients.Of(configuration, httpClient));
}
