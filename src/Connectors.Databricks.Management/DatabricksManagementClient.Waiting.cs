using Connectors.Databricks.Management.Documents;
using Connectors.Databricks.Management.Requests;

namespace Connectors.Databricks.Management;

public partial class DatabricksManagementClient
{
    /// <summary>Waits until an endpoint is ready and no update is in progress.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="options">The timeout, the delays and the progress receiver; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The endpoint, ready.</returns>
    /// <exception cref="ArgumentException">A name or an option is invalid.</exception>
    /// <exception cref="DatabricksServingException">
    /// The deployment or update failed, with the reason of the service for each served entity in the message; the endpoint is stopped; or
    /// the timeout elapsed, with a <see cref="TimeoutException"/> as the inner exception. Transient failures of a poll do not end the wait.
    /// </exception>
    public virtual Task<ServingEndpoint> WaitUntilReadyAsync(
        string endpointName, EndpointWaitOptions? options = null, CancellationToken cancellationToken = default) =>
        Requests.WaitUntilReadyAsync(endpointName, options, cancellationToken);

    /// <summary>Creates an endpoint and waits until it is ready.</summary>
    /// <param name="definition">The endpoint.</param>
    /// <param name="options">How to wait; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels the wait, not a deployment that has begun.</param>
    /// <returns>The endpoint, ready.</returns>
    /// <exception cref="ArgumentException">The definition or an option is invalid.</exception>
    /// <exception cref="DatabricksServingException">The request, the deployment or the wait failed.</exception>
    public virtual async Task<ServingEndpoint> CreateAndWaitAsync(
        EndpointDefinition definition, EndpointWaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        options = options?.CopyValidated(nameof(options));
        var created = await CreateAsync(definition, cancellationToken).ConfigureAwait(false);
        return await Requests.WaitUntilReadyAsync(definition.Name, options, cancellationToken, created).ConfigureAwait(false);
    }

    /// <summary>
    /// Creates an endpoint if none of its name exists; an existing one is not changed. If a create request gets no response, the method
    /// checks whether the endpoint exists before it throws.
    /// </summary>
    /// <param name="definition">The endpoint.</param>
    /// <param name="cancellationToken">Cancels the requests, not a deployment that has begun.</param>
    /// <returns>The endpoint; use <see cref="WaitUntilReadyAsync"/> to wait until it is ready.</returns>
    /// <exception cref="ArgumentException">The definition is invalid; the message describes the fix.</exception>
    /// <exception cref="DatabricksServingException">A request failed.</exception>
    public virtual async Task<ServingEndpoint> CreateIfNotExistsAsync(
        EndpointDefinition definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        EndpointConfigToWire.Sendable(definition, nameof(definition));
        return await CreateOnce.RunAsync(
            stop => FindAsync(definition.Name, stop), stop => CreateAsync(definition, stop), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Replaces the configuration of an endpoint and waits until the update completes.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="config">The whole configuration: a new one, or <c>endpoint.Config with { … }</c>.</param>
    /// <param name="options">How to wait; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels the wait, not a deployment that has begun.</param>
    /// <returns>The endpoint, ready.</returns>
    /// <exception cref="ArgumentException">The configuration or an option is invalid.</exception>
    /// <exception cref="DatabricksServingException">The request, the update or the wait failed.</exception>
    public virtual async Task<ServingEndpoint> UpdateAndWaitAsync(
        string endpointName, EndpointConfig config, EndpointWaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        options = options?.CopyValidated(nameof(options));
        var updated = await UpdateConfigAsync(endpointName, config, cancellationToken).ConfigureAwait(false);
        return await Requests.WaitUntilReadyAsync(endpointName, options, cancellationToken, updated).ConfigureAwait(false);
    }

    /// <summary>Creates an endpoint with provisioned throughput in model units, and waits until it is ready.</summary>
    /// <param name="definition">The endpoint.</param>
    /// <param name="options">How to wait; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels the wait, not a deployment that has begun.</param>
    /// <returns>The endpoint, ready.</returns>
    /// <exception cref="ArgumentException">The definition or an option is invalid.</exception>
    /// <exception cref="DatabricksServingException">The request, the deployment or the wait failed.</exception>
    public virtual async Task<ServingEndpoint> CreateProvisionedThroughputAndWaitAsync(
        EndpointDefinition definition, EndpointWaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        options = options?.CopyValidated(nameof(options));
        var created = await CreateProvisionedThroughputAsync(definition, cancellationToken).ConfigureAwait(false);
        return await Requests.WaitUntilReadyAsync(definition.Name, options, cancellationToken, created).ConfigureAwait(false);
    }

    /// <summary>
    /// Replaces the configuration of an endpoint with provisioned throughput in model units, and waits until it is ready.
    /// </summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="config">The whole configuration.</param>
    /// <param name="options">How to wait; <see langword="null"/> for the defaults.</param>
    /// <param name="updateOptions">The change of commitments; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Cancels the wait, not an update that has begun.</param>
    /// <returns>The endpoint, ready.</returns>
    /// <exception cref="ArgumentException">The configuration or an option is invalid.</exception>
    /// <exception cref="InvalidOperationException">Another client has changed the endpoint since the configuration was read.</exception>
    /// <exception cref="DatabricksServingException">The request, the update or the wait failed.</exception>
    public virtual async Task<ServingEndpoint> UpdateProvisionedThroughputAndWaitAsync(
        string endpointName,
        EndpointConfig config,
        EndpointWaitOptions? options = null,
        ProvisionedThroughputUpdateOptions? updateOptions = null,
        CancellationToken cancellationToken = default)
    {
        options = options?.CopyValidated(nameof(options));
        var updated = await UpdateProvisionedThroughputAsync(endpointName, config, updateOptions, cancellationToken).ConfigureAwait(false);
        return await Requests.WaitUntilReadyAsync(endpointName, options, cancellationToken, updated).ConfigureAwait(false);
    }
}
