using Connectors.Databricks.Management.Documents;
using Connectors.Databricks.Management.Requests;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Management;

public partial class DatabricksManagementClient
{
    /// <summary>Creates an endpoint. The method returns when the service accepts the request; the deployment takes minutes.</summary>
    /// <param name="definition">The endpoint.</param>
    /// <param name="cancellationToken">Cancels the request, not a deployment that has begun.</param>
    /// <returns>The endpoint, which is not ready yet; use <see cref="CreateAndWaitAsync"/> to wait.</returns>
    /// <exception cref="ArgumentException">The definition is invalid; the message describes the fix.</exception>
    /// <exception cref="DatabricksServingException">
    /// The request failed; 409 means that an endpoint of that name exists. After a failure without a response the endpoint may have been
    /// created.
    /// </exception>
    public virtual Task<ServingEndpoint> CreateAsync(EndpointDefinition definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        RequireNoCommitment(definition.Relocation is not null, definition.Config, nameof(definition));
        return CreateAsync(EndpointConfigToWire.Sendable(definition, nameof(definition)), Requests.At(), cancellationToken);
    }

    /// <summary>
    /// Creates an endpoint with provisioned throughput in model units, which newer families of foundation models require. Each served
    /// entity must set <see cref="ServedEntity.ProvisionedModelUnits"/>.
    /// </summary>
    /// <param name="definition">The endpoint.</param>
    /// <param name="cancellationToken">Cancels the request, not a deployment that has begun.</param>
    /// <returns>The endpoint, which is not ready yet.</returns>
    /// <exception cref="ArgumentException">The definition is invalid; the message describes the fix.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual Task<ServingEndpoint> CreateProvisionedThroughputAsync(
        EndpointDefinition definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        RequireModelUnits(definition.Config, nameof(definition));
        return CreateAsync(EndpointConfigToWire.Sendable(definition, nameof(definition)), Requests.At("pt"), cancellationToken);
    }

    /// <summary>
    /// Replaces the configuration of an endpoint; what <paramref name="config"/> omits is removed. While the update is in progress, the
    /// previous configuration serves requests, and another update is rejected with 409.
    /// </summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="config">
    /// The whole configuration: a new one, or <c>endpoint.Config with { … }</c>. Secrets that were set as plaintext must be set again. A
    /// configuration that was read has a <see cref="EndpointConfig.ConfigVersion"/>, which is compared with the current version before the
    /// update is sent.
    /// </param>
    /// <param name="cancellationToken">Cancels the request, not a deployment that has begun.</param>
    /// <returns>The endpoint, whose update is in progress; use <see cref="UpdateAndWaitAsync"/> to wait.</returns>
    /// <exception cref="ArgumentException">The configuration is invalid; the message describes the fix.</exception>
    /// <exception cref="InvalidOperationException">Another client has changed the endpoint since the configuration was read.</exception>
    /// <exception cref="DatabricksServingException">The request failed; 409 means that another update is in progress.</exception>
    public virtual Task<ServingEndpoint> UpdateConfigAsync(
        string endpointName, EndpointConfig config, CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(endpointName);
        ArgumentNullException.ThrowIfNull(config);
        RequireNoCommitment(isRelocating: false, config, nameof(config));
        return UpdateAsync(endpointName, config, Requests.UpdateConfigAsync, cancellationToken);
    }

    /// <summary>Replaces the configuration of an endpoint with provisioned throughput in model units.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="config"> The whole configuration. The service does not return whether burst scaling is disabled: set it again. </param>
    /// <param name="options">The change of commitments; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Cancels the request, not a deployment that has begun.</param>
    /// <returns>The endpoint, whose update is in progress.</returns>
    /// <exception cref="ArgumentException">The configuration is invalid; the message describes the fix.</exception>
    /// <exception cref="InvalidOperationException">Another client has changed the endpoint since the configuration was read.</exception>
    /// <exception cref="DatabricksServingException">The request failed; 409 means that another update is in progress.</exception>
    public virtual Task<ServingEndpoint> UpdateProvisionedThroughputAsync(
        string endpointName,
        EndpointConfig config,
        ProvisionedThroughputUpdateOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(endpointName);
        ArgumentNullException.ThrowIfNull(config);
        RequireModelUnits(config, nameof(config));
        options?.Validate(config, nameof(options));
        return UpdateAsync(
            endpointName, config, (name, sent, stop) => Requests.UpdateModelUnitsAsync(name, sent, options, stop), cancellationToken);
    }

    /// <summary>Deletes an endpoint.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the request, not a deployment that has begun.</param>
    /// <returns>A task that completes when the service accepts the request.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The request failed; 404 means that the endpoint does not exist.</exception>
    public virtual Task DeleteAsync(string endpointName, CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(endpointName);
        var call = EndpointRequests.Change(
            HttpMethod.Delete, $"Deleting endpoint '{endpointName}'", endpointName, Requests.At(endpointName), RetrySafety.NonIdempotent);
        return Requests.RequestAsync(call, cancellationToken);
    }

    /// <summary>Starts a stopped endpoint. Supported for custom models only; the route is not part of the vendor's SDKs.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the request, not a deployment that has begun.</param>
    /// <returns>A task that completes when the service accepts the request; use <see cref="WaitUntilReadyAsync"/> to wait.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual Task StartAsync(string endpointName, CancellationToken cancellationToken = default) =>
        SwitchAsync("Starting", "config:start", endpointName, cancellationToken);

    /// <summary>
    /// Stops an endpoint, which rejects requests until it is started. Supported for custom models only; the route is not part of the
    /// vendor's SDKs.
    /// </summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the request, not a deployment that has begun.</param>
    /// <returns>A task that completes when the service accepts the request.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual Task StopAsync(string endpointName, CancellationToken cancellationToken = default) =>
        SwitchAsync("Stopping", "config:stop", endpointName, cancellationToken);

    private Task<ServingEndpoint> CreateAsync(EndpointDefinition sendable, Uri uri, CancellationToken cancellationToken) =>
        Requests.WriteDocumentAsync(
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

    // Only the routes of provisioned throughput take commitments.
    private static void RequireNoCommitment(bool isRelocating, EndpointConfig? config, string parameter)
    {
        if (isRelocating || config?.ServedEntities.Any(entity => (entity.CommitmentTerm, entity.AutoRenew) != (null, null)) is true)
        {
            throw new ArgumentException(
                "Relocation, CommitmentTerm and AutoRenew are for provisioned throughput. Use the method with ProvisionedThroughput in " +
                "its name.",
                parameter);
        }
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
