using Connectors.Databricks.Management.Documents;
using Connectors.Databricks.Management.Requests;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Management;

public partial class DatabricksManagementClient
{
    /// <summary>Creates an endpoint. The answer comes at once; the deployment takes minutes.</summary>
    /// <param name="definition">The endpoint.</param>
    /// <param name="cancellationToken">Cancels the call, and not what it has begun.</param>
    /// <returns>The current endpoint, not ready yet; <see cref="CreateAndWaitAsync"/> waits.</returns>
    /// <exception cref="ArgumentException">The definition cannot be right; the message describes the fix.</exception>
    /// <exception cref="DatabricksServingException">
    /// The call failed; a 409 means that there is an endpoint of that name. After a failure without a response it may exist nevertheless.
    /// </exception>
    public virtual Task<ServingEndpoint> CreateAsync(EndpointDefinition definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return CreateAsync(EndpointConfigToWire.Sendable(definition, nameof(definition)), Requests.At(), cancellationToken);
    }

    /// <summary>
    /// Creates an endpoint with provisioned throughput in model units, as the newer families of foundation models take it. Each served
    /// entity needs <see cref="ServedEntity.ProvisionedModelUnits"/>.
    /// </summary>
    /// <param name="definition">The endpoint.</param>
    /// <param name="cancellationToken">Cancels the call, and not what it has begun.</param>
    /// <returns>The current endpoint, not ready yet.</returns>
    /// <exception cref="ArgumentException">The definition cannot be right; the message describes the fix.</exception>
    /// <exception cref="DatabricksServingException">The call failed.</exception>
    public virtual Task<ServingEndpoint> CreateProvisionedThroughputAsync(
        EndpointDefinition definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        RequireModelUnits(definition.Config, nameof(definition));
        return CreateAsync(EndpointConfigToWire.Sendable(definition, nameof(definition)), Requests.At("pt"), cancellationToken);
    }

    /// <summary>
    /// Replaces what an endpoint serves. What <paramref name="config"/> leaves out is gone. While the update is under way the configuration
    /// before answers, and another update is refused.
    /// </summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="config">
    /// The whole configuration: a new one, or <c>endpoint.Config with { … }</c>. Secrets that were given as text must be given again. One
    /// that was read has a <see cref="EndpointConfig.ConfigVersion"/>, which is compared with the current one before the update is sent.
    /// </param>
    /// <param name="cancellationToken">Cancels the call, and not what it has begun.</param>
    /// <returns>The current endpoint, updating; <see cref="UpdateAndWaitAsync"/> waits.</returns>
    /// <exception cref="ArgumentException">The configuration cannot be right; the message describes the fix.</exception>
    /// <exception cref="InvalidOperationException">Another client has changed the endpoint since the configuration was read.</exception>
    /// <exception cref="DatabricksServingException">The call failed; a 409 means that another update is under way.</exception>
    public virtual Task<ServingEndpoint> UpdateConfigAsync(
        string endpointName, EndpointConfig config, CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(endpointName);
        ArgumentNullException.ThrowIfNull(config);
        return UpdateAsync(endpointName, config, Requests.UpdateConfigAsync, cancellationToken);
    }

    /// <summary>Replaces what an endpoint with provisioned throughput in model units serves.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="config">
    /// The whole configuration. The service does not return whether burst scaling is off: set it again where it is.
    /// </param>
    /// <param name="cancellationToken">Cancels the call, and not what it has begun.</param>
    /// <returns>The current endpoint.</returns>
    /// <exception cref="ArgumentException">The configuration cannot be right; the message describes the fix.</exception>
    /// <exception cref="InvalidOperationException">Another client has changed the endpoint since the configuration was read.</exception>
    /// <exception cref="DatabricksServingException">The call failed; a 409 means that another update is under way.</exception>
    public virtual Task<ServingEndpoint> UpdateProvisionedThroughputAsync(
        string endpointName, EndpointConfig config, CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(endpointName);
        ArgumentNullException.ThrowIfNull(config);
        RequireModelUnits(config, nameof(config));
        return UpdateAsync(endpointName, config, Requests.UpdateModelUnitsAsync, cancellationToken);
    }

    /// <summary>Deletes an endpoint.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the call, and not what it has begun.</param>
    /// <returns>A task that ends when the service has agreed.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed; a 404 means that there is no such endpoint.</exception>
    public virtual Task DeleteAsync(string endpointName, CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(endpointName);
        var call = EndpointRequests.Change(
            HttpMethod.Delete, $"Deleting endpoint '{endpointName}'", endpointName, Requests.At(endpointName), RetrySafety.NonIdempotent);
        return Requests.RequestAsync(call, cancellationToken);
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
    /// Stops an endpoint: calls to it are refused until it is started. The route is not in the vendor's SDKs; it is for custom models
    /// alone.
    /// </summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the call, and not what it has begun.</param>
    /// <returns>A task that ends when the service has agreed.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed.</exception>
    public virtual Task StopAsync(string endpointName, CancellationToken cancellationToken = default) =>
        SwitchAsync("Stopping", "config:stop", endpointName, cancellationToken);

    private Task<ServingEndpoint> CreateAsync(EndpointDefinition sendable, Uri uri, CancellationToken cancellationToken) =>
        Requests.WriteAsync(
        EndpointRequests.Change(HttpMethod.Post, $"Creating endpoint '{sendable.Name}'", sendable.Name, uri, RetrySafety.NonIdempotent),
        sendable, ManagementJsonContext.Default.EndpointDefinition, ManagementJsonContext.Default.ServingEndpoint, cancellationToken);

    private Task<bool> SwitchAsync(string doing, string route, string endpointName, CancellationToken cancellationToken)
    {
        EndpointPath.Require(endpointName);

        var uri = Requests.AtRoute($"/{Uri.EscapeDataString(endpointName)}/{route}");
        return Requests.RequestAsync(
            EndpointRequests.Change(HttpMethod.Post, $"{doing} endpoint '{endpointName}'", endpointName, uri, RetrySafety.NonIdempotent),
            cancellationToken);
    }

    private async Task<ServingEndpoint> UpdateAsync(
        string endpointName,
        EndpointConfig config,
        Func<string, EndpointConfig, CancellationToken, Task<ServingEndpoint>> update,
        CancellationToken cancellationToken)
    {
        EndpointRules.Check(config, nameof(config));
        await ConcurrencyCheck.RequireCurrentAsync(Requests, endpointName, config, cancellationToken).ConfigureAwait(false);
        return await update(endpointName, config, cancellationToken).ConfigureAwait(false);
    }

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
