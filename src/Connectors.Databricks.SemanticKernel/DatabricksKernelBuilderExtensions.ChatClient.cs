using System.Runtime.CompilerServices;
using Connectors.Databricks;
using Connectors.Databricks.SemanticKernel;
using Connectors.Databricks.SemanticKernel.Hosting;
using Microsoft.Extensions.AI;

// The namespace of the kernel builder, so that no using is needed.
namespace Microsoft.SemanticKernel;

public static partial class DatabricksKernelBuilderExtensions
{
    /// <summary>
    /// Adds a chat client, with function invocation and OpenTelemetry for an endpoint. The workspace is the one that the app registered
    /// with <c>AddDatabricksServing</c>, otherwise that of the environment.
    /// </summary>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="client">
    /// The client of the workspace; <see langword="null"/> for the registered one, otherwise one with unified authentication.
    /// </param>
    /// <param name="serviceId">The key of the service; <see langword="null"/> for none.</param>
    /// <param name="options">
    /// The chat options; <see langword="null"/> for <see cref="DatabricksServingOptions.Chat"/> of the client.
    /// </param>
    /// <param name="openTelemetrySourceName">
    /// The source name for OpenTelemetry; <see langword="null"/> for that of Microsoft.Extensions.AI.
    /// </param>
    /// <param name="openTelemetryConfig">Configures the OpenTelemetry client.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentException">The name of the endpoint is empty.</exception>
    [OverloadResolutionPriority(1)]   // ("e", null, "key") means a client and its key, not a host and a token
    public static IKernelBuilder AddDatabricksChatClient(
        this IKernelBuilder builder,
        string endpointName,
        DatabricksServingClient? client = null,
        string? serviceId = null,
        DatabricksChatOptions? options = null,
        string? openTelemetrySourceName = null,
        Action<OpenTelemetryChatClient>? openTelemetryConfig = null) =>
        builder.AddChatClient(
            endpointName, serviceId, ServingClients.Of(client), options, new(openTelemetrySourceName, openTelemetryConfig));

    /// <summary>
    /// Adds a chat client, with function invocation and OpenTelemetry for an endpoint, with a token.
    /// </summary>
    /// <param name="builder">The kernel builder.</param>
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
    /// <param name="openTelemetrySourceName">
    /// The source name for OpenTelemetry; <see langword="null"/> for that of Microsoft.Extensions.AI.
    /// </param>
    /// <param name="openTelemetryConfig">Configures the OpenTelemetry client.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentException">The name of the endpoint or the token is empty.</exception>
    public static IKernelBuilder AddDatabricksChatClient(
        this IKernelBuilder builder,
        string endpointName,
        DatabricksHost host,
        string token,
        string? serviceId = null,
        HttpClient? httpClient = null,
        DatabricksChatOptions? options = null,
        string? openTelemetrySourceName = null,
        Action<OpenTelemetryChatClient>? openTelemetryConfig = null) =>
        builder.AddChatClient(
            endpointName, serviceId, ServingClients.Of(host, token, httpClient), options,
            new(openTelemetrySourceName, openTelemetryConfig));

    /// <summary>
    /// Adds a chat client, with function invocation and OpenTelemetry for an endpoint, with a credential.
    /// </summary>
    /// <param name="builder">The kernel builder.</param>
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
    /// <param name="openTelemetrySourceName">
    /// The source name for OpenTelemetry; <see langword="null"/> for that of Microsoft.Extensions.AI.
    /// </param>
    /// <param name="openTelemetryConfig">Configures the OpenTelemetry client.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentException">The name of the endpoint is empty.</exception>
    public static IKernelBuilder AddDatabricksChatClient(
        this IKernelBuilder builder,
        string endpointName,
        DatabricksHost host,
        DatabricksCredential credential,
        string? serviceId = null,
        HttpClient? httpClient = null,
        DatabricksChatOptions? options = null,
        string? openTelemetrySourceName = null,
        Action<OpenTelemetryChatClient>? openTelemetryConfig = null) =>
        builder.AddChatClient(
            endpointName, serviceId, ServingClients.Of(host, credential, httpClient), options,
            new(openTelemetrySourceName, openTelemetryConfig));
}
