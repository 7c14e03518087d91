using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Endpoints;

public partial class DatabricksEndpointClient
{
    /// <summary>Creates an endpoint. The answer comes at once; the deployment takes minutes.</summary>
    /// <param name="definition">The endpoint.</param>
    /// <param name="cancellationToken">Cancels the call, and not what it has begun.</param>
    /// <returns>The endpoint as it stands, not ready yet; <see cref="CreateAndWaitAsync"/> waits.</returns>
    /// <exception cref="ArgumentException">The definition cannot be right; the message says what to do.</exception>
    /// <exception cref="DatabricksServingException">
    /// The call failed; a 409 says that there is an endpoint of that name. After a failure without an answer it may be there all the same.
    /// </exception>
    public virtual Task<ServingEndpoint> CreateAsync(EndpointDefinition definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return CreateAsync(Outbound.EndpointConfigToWire.Sendable(definition, nameof(definition)), At(), cancellationToken);
    }

    /// <summary>
    /// Creates an endpoint with provisioned throughput in model units, as the newer families of foundation models take it. Each served
    /// entity needs <see cref="ServedEntity.ProvisionedModelUnits"/>.
    /// </summary>
    /// <param name="definition">The endpoint.</param>
    /// <param name="cancellationToken">Cancels the call, and not what it has begun.</param>
    /// <returns>The endpoint as it stands, not ready yet.</returns>
    /// <exception cref="ArgumentException">The definition cannot be right; the message says what to do.</exception>
    /// <exception cref="DatabricksServingException">The call failed.</exception>
    public virtual Task<ServingEndpoint> CreateProvisionedThroughputAsync(
        EndpointDefinition definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        RequireModelUnits(definition.Config, nameof(definition));
        return CreateAsync(Outbound.EndpointConfigToWire.Sendable(definition, nameof(definition)), At("pt"), cancellationToken);
    }

    /// <summary>
    /// Replaces what an endpoint serves. What <paramref name="config"/> leaves out is gone. While the update is under way the configuration
    /// before answers, and another update is refused.
    /// </summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="config">
    /// The whole configuration: a new one, or <c>endpoint.Config with { … }</c>. Secrets that were given as text must be given again.
    /// </param>
    /// <param name="cancellationToken">Cancels the call, and not what it has begun.</param>
    /// <returns>The endpoint as it stands, updating; <see cref="UpdateAndWaitAsync"/> waits.</returns>
    /// <exception cref="ArgumentException">The configuration cannot be right; the message says what to do.</exception>
    /// <exception cref="DatabricksServingException">The call failed; a 409 says that another update is under way.</exception>
    public virtual Task<ServingEndpoint> UpdateConfigAsync(
        string endpointName, EndpointConfig config, CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(endpointName);
        ArgumentNullException.ThrowIfNull(config);
        var call = UpdateCall(endpointName, At(endpointName, "config"));
        return WriteAsync(
            call, Outbound.EndpointConfigToWire.Sendable(config, nameof(config)), DatabricksJsonContext.Default.EndpointConfig,
            DatabricksJsonContext.Default.ServingEndpoint, cancellationToken);
    }

    /// <summary>Replaces what an endpoint with provisioned throughput in model units serves.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="config">
    /// The whole configuration. The service does not tell whether burst scaling is off: set it again where it is.
    /// </param>
    /// <param name="cancellationToken">Cancels the call, and not what it has begun.</param>
    /// <returns>The endpoint as it stands.</returns>
    /// <exception cref="ArgumentException">The configuration cannot be right; the message says what to do.</exception>
    /// <exception cref="DatabricksServingException">The call failed; a 409 says that another update is under way.</exception>
    public virtual Task<ServingEndpoint> UpdateProvisionedThroughputAsync(
        string endpointName, EndpointConfig config, CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(endpointName);
        ArgumentNullException.ThrowIfNull(config);
        RequireModelUnits(config, nameof(config));
        var call = UpdateCall(endpointName, At("pt", endpointName, "config"));
        return WriteAsync(
            call, new WrappedConfig(Outbound.EndpointConfigToWire.Sendable(config, nameof(config))), DatabricksJsonContext.Default.WrappedConfig,
            DatabricksJsonContext.Default.ServingEndpoint, cancellationToken);
    }

    /// <summary>Deletes an endpoint.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the call, and not what it has begun.</param>
    /// <returns>A task that ends when the service has agreed.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed; a 404 says that there is no such endpoint.</exception>
    public virtual Task DeleteAsync(string endpointName, CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(endpointName);
        return RequestAsync(
            WriteCall(HttpMethod.Delete, $"Deleting endpoint '{endpointName}'", endpointName, At(endpointName), RetrySafety.NonIdempotent),
            cancellationToken);
    }

    /// <summary>Starts an endpoint that was stopped. The route is not in the vendor's SDKs; it is for custom models alone.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the call, and not what it has begun.</param>
    /// <returns>A task that ends when the service has agreed; <see cref="WaitUntilReadyAsync"/> waits for the rest.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed.</exception>
    public virtual Task StartAsync(string endpointName, CancellationToken cancellationToken = default) =>
        SwitchAsync("Starting", "config:start", endpointName, cancellationToken);

    /// <summary>
    /// Stops an endpoint: calls to it are refused until it is started. The route is not in the vendor's SDKs; it is for custom models alone.
    /// </summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the call, and not what it has begun.</param>
    /// <returns>A task that ends when the service has agreed.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed.</exception>
    public virtual Task StopAsync(string endpointName, CancellationToken cancellationToken = default) =>
        SwitchAsync("Stopping", "config:stop", endpointName, cancellationToken);

    private Task<ServingEndpoint> CreateAsync(EndpointDefinition sendable, Uri uri, CancellationToken cancellationToken) => WriteAsync(
        WriteCall(HttpMethod.Post, $"Creating endpoint '{sendable.Name}'", sendable.Name, uri, RetrySafety.NonIdempotent),
        sendable, DatabricksJsonContext.Default.EndpointDefinition, DatabricksJsonContext.Default.ServingEndpoint, cancellationToken);

    private static ServingCall UpdateCall(string endpointName, Uri uri) => WriteCall(
        HttpMethod.Put, $"Updating the configuration of endpoint '{endpointName}'", endpointName, uri, RetrySafety.NonIdempotent);

    private Task<bool> SwitchAsync(string doing, string route, string endpointName, CancellationToken cancellationToken)
    {
        EndpointPath.Require(endpointName);

        // The colon is part of the service's word, and names never stand in this segment.
        var uri = EndpointPath.Management(Settings.Host, $"{Collection}/{Uri.EscapeDataString(endpointName)}/{route}");
        return RequestAsync(
            WriteCall(HttpMethod.Post, $"{doing} endpoint '{endpointName}'", endpointName, uri, RetrySafety.NonIdempotent),
            cancellationToken);
    }

    // The answer holds nothing of interest, unless it is an error object in a 200.
    private Task<bool> RequestAsync(ServingCall call, CancellationToken cancellationToken) => Connected(_transport).GetDocumentAsync(
        call, call, static (document, call, stop) => Inbound.ManagementFromWire.RequireNoError(call, document, stop), cancellationToken)
        .AsTask();

    private static void RequireModelUnits(EndpointConfig? config, string parameter)
    {
        foreach (var entity in config?.ServedEntities ?? [])
        {
            if (entity.ProvisionedModelUnits is null)
            {
                throw new ArgumentException(
                    $"Served entity '{entity.NameOrDefault}' has no ProvisionedModelUnits. Set them, or use the method without " +
                    "ProvisionedThroughput in its name.",
                    parameter);
            }
        }
    }
}
