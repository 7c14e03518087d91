using System.Net;
using Connectors.Databricks.Management.Documents;

namespace Connectors.Databricks.Management;

public partial class DatabricksManagementClient
{
    /// <summary>Waits until an endpoint is ready and is not changing any more.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="options">How long, how often, and who hears of it; <see langword="null"/> for every default.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The endpoint, ready.</returns>
    /// <exception cref="ArgumentException">A name or an option makes no sense.</exception>
    /// <exception cref="DatabricksServingException">
    /// Its deployment or update failed, and the message has the service's reason for each served entity; it is stopped; or it was not ready
    /// in time, with a <see cref="TimeoutException"/> inside. Looks that fail for a moment do not end the wait.
    /// </exception>
    public virtual Task<ServingEndpoint> WaitUntilReadyAsync(
        string endpointName, EndpointWaitOptions? options = null, CancellationToken cancellationToken = default) =>
        Requests.WaitUntilReadyAsync(endpointName, options, cancellationToken);

    /// <summary>Creates an endpoint and waits until it is ready.</summary>
    /// <param name="definition">The endpoint.</param>
    /// <param name="options">How to wait; <see langword="null"/> for every default.</param>
    /// <param name="cancellationToken">Ends the wait, and not what has begun.</param>
    /// <returns>The endpoint, ready.</returns>
    /// <exception cref="ArgumentException">The definition or an option makes no sense.</exception>
    /// <exception cref="DatabricksServingException">The call, the deployment or the wait failed.</exception>
    public virtual async Task<ServingEndpoint> CreateAndWaitAsync(
        EndpointDefinition definition, EndpointWaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        options = options?.CopyValidated(nameof(options));
        var created = await CreateAsync(definition, cancellationToken).ConfigureAwait(false);
        return await Requests.WaitUntilReadyAsync(definition.Name, options, cancellationToken, created).ConfigureAwait(false);
    }

    /// <summary>
    /// Creates an endpoint if there is none of its name; the one that is there is left as it is. A create without an answer is looked
    /// after before it fails: it may have arrived.
    /// </summary>
    /// <param name="definition">The endpoint.</param>
    /// <param name="cancellationToken">Cancels the calls, and not what has begun.</param>
    /// <returns>The current endpoint; <see cref="WaitUntilReadyAsync"/> waits until it is ready.</returns>
    /// <exception cref="ArgumentException">The definition cannot be right; the message describes the fix.</exception>
    /// <exception cref="DatabricksServingException">A call failed.</exception>
    public virtual async Task<ServingEndpoint> CreateIfNotExistsAsync(
        EndpointDefinition definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        EndpointConfigToWire.Sendable(definition, nameof(definition));
        if (await FindAsync(definition.Name, cancellationToken).ConfigureAwait(false) is { } there)
        {
            return there;
        }

        try
        {
            return await CreateAsync(definition, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabricksServingException exception) when (Exists(exception) || MayHaveArrived(exception))
        {
            // Another caller was faster, or the response was lost. If it does not exist, or cannot be read, the first failure is thrown.
            if (await LookAgainAsync(definition.Name, cancellationToken).ConfigureAwait(false) is { } made)
            {
                return made;
            }

            throw;
        }
    }

    /// <summary>Replaces what an endpoint serves, and waits until it does.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="config">The whole configuration: a new one, or <c>endpoint.Config with { … }</c>.</param>
    /// <param name="options">How to wait; <see langword="null"/> for every default.</param>
    /// <param name="cancellationToken">Ends the wait, and not what has begun.</param>
    /// <returns>The endpoint, ready.</returns>
    /// <exception cref="ArgumentException">The configuration or an option makes no sense.</exception>
    /// <exception cref="DatabricksServingException">The call, the update or the wait failed.</exception>
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

    /// <summary>Replaces what an endpoint with provisioned throughput in model units serves, and waits until it is ready.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="config">The whole configuration.</param>
    /// <param name="options">How to wait; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels the wait, not an update that has begun.</param>
    /// <returns>The endpoint, ready.</returns>
    /// <exception cref="ArgumentException">The configuration or an option is invalid.</exception>
    /// <exception cref="InvalidOperationException">Another client has changed the endpoint since the configuration was read.</exception>
    /// <exception cref="DatabricksServingException">The request, the update or the wait failed.</exception>
    public virtual async Task<ServingEndpoint> UpdateProvisionedThroughputAndWaitAsync(
        string endpointName, EndpointConfig config, EndpointWaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        options = options?.CopyValidated(nameof(options));
        var updated = await UpdateProvisionedThroughputAsync(endpointName, config, cancellationToken).ConfigureAwait(false);
        return await Requests.WaitUntilReadyAsync(endpointName, options, cancellationToken, updated).ConfigureAwait(false);
    }

    // The code counts more than the status: a gateway may send it with 400, or inside a 200 OK body.
    private static bool Exists(DatabricksServingException exception) => exception.ErrorCode switch
    {
        "RESOURCE_ALREADY_EXISTS" or "ALREADY_EXISTS" => true,
        null or "" or "RESOURCE_CONFLICT" or "ABORTED" => exception.StatusCode == HttpStatusCode.Conflict,
        _ => false,
    };

    /// <summary>Whether a write may have been done although it failed: no answer came, or one that says nothing about it.</summary>
    private static bool MayHaveArrived(DatabricksServingException exception) => exception.IsTransient;

    private async Task<ServingEndpoint?> LookAgainAsync(string endpointName, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(endpointName, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabricksServingException)
        {
            return null;
        }
    }
}
