using Connectors.Databricks.Management.ModelServices;
using Connectors.Databricks.Management.Requests;

namespace Connectors.Databricks.Management;

public partial class ModelServicesClient
{
    /// <summary>Creates a model service. You become its owner; others can query it once you grant <c>EXECUTE</c>.</summary>
    /// <param name="definition">The model service.</param>
    /// <param name="cancellationToken">Cancels the request, not a creation that has begun.</param>
    /// <returns>The model service.</returns>
    /// <exception cref="ArgumentException">The definition cannot be right; the message describes the fix.</exception>
    /// <exception cref="DatabricksServingException">
    /// The request failed; a 409 means that the name is in use. After a failure without a response the service may exist nevertheless.
    /// </exception>
    public virtual Task<ModelService> CreateAsync(ModelServiceDefinition definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Requests.CreateAsync(definition.Name, ModelServiceToWire.Sendable(definition, nameof(definition)), cancellationToken);
    }

    /// <summary>
    /// Creates a model service if there is none of its name; an existing one stays as it is. After a failure without a response, the
    /// service is looked up before the method fails.
    /// </summary>
    /// <param name="definition">The model service.</param>
    /// <param name="cancellationToken">Cancels the requests, not a creation that has begun.</param>
    /// <returns>The model service.</returns>
    /// <exception cref="ArgumentException">The definition cannot be right; the message describes the fix.</exception>
    /// <exception cref="DatabricksServingException">A request failed.</exception>
    public virtual async Task<ModelService> CreateIfNotExistsAsync(
        ModelServiceDefinition definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ModelServiceToWire.Sendable(definition, nameof(definition));
        return await CreateOnce.RunAsync(
            stop => FindAsync(definition.Name, stop), stop => CreateAsync(definition, stop), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Replaces the parts of a model service that the update mask names; the others stay as they are.</summary>
    /// <param name="service">
    /// The model service with the new parts, such as <c>service with { Comment = "…" }</c>. Its <see cref="ModelService.Etag"/> makes the
    /// update conditional: it is rejected if the service was changed since it was read.
    /// </param>
    /// <param name="updateMask">The parts, from <see cref="ModelServiceFields"/>. A part that is not set is cleared.</param>
    /// <param name="cancellationToken">Cancels the request, not an update that has begun.</param>
    /// <returns>The model service after the update.</returns>
    /// <exception cref="ArgumentException">
    /// The mask names another part, or a part cannot be right; the message describes the fix.
    /// </exception>
    /// <exception cref="DatabricksServingException">
    /// The request failed; the kind <see cref="DatabricksServingErrorKind.ConcurrentChange"/> means that the service was changed since it
    /// was read.
    /// </exception>
    public virtual Task<ModelService> UpdateAsync(
        ModelService service, IEnumerable<string> updateMask, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(updateMask);
        ModelServiceNames.Require(service.ResourceName, nameof(service));
        return Requests.UpdateAsync(service, updateMask, nameof(service), cancellationToken);
    }

    /// <summary>Replaces the destinations. To shift traffic in steps, use <see cref="Rollouts"/>.</summary>
    /// <param name="serviceName">The three-part name.</param>
    /// <param name="destinations">All destinations; the percentages of several sum to 100.</param>
    /// <param name="etag">The <see cref="ModelService.Etag"/> that the service must have; <see langword="null"/> for any.</param>
    /// <param name="cancellationToken">Cancels the request, not an update that has begun.</param>
    /// <returns>The model service after the update.</returns>
    /// <exception cref="ArgumentException">The name or a destination cannot be right; the message describes the fix.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual Task<ModelService> UpdateDestinationsAsync(
        string serviceName, IEnumerable<ModelServiceDestination> destinations, string? etag = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destinations);
        var config = new ModelServiceConfig { Routing = new ModelServiceRouting { Destinations = [.. destinations] } };
        return UpdatePartAsync(serviceName, config, ModelServiceFields.Destinations, etag, nameof(destinations), cancellationToken);
    }

    /// <summary>Replaces the fallback destinations.</summary>
    /// <param name="serviceName">The three-part name.</param>
    /// <param name="fallbacks">All fallbacks, in the order in which they are tried; none removes them.</param>
    /// <param name="etag">The <see cref="ModelService.Etag"/> that the service must have; <see langword="null"/> for any.</param>
    /// <param name="cancellationToken">Cancels the request, not an update that has begun.</param>
    /// <returns>The model service after the update.</returns>
    /// <exception cref="ArgumentException">The name or a fallback cannot be right; the message describes the fix.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual Task<ModelService> UpdateFallbacksAsync(
        string serviceName, IEnumerable<ModelServiceDestination> fallbacks, string? etag = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fallbacks);
        var fallback = new ModelServiceFallback { Destinations = [.. fallbacks] };
        var config = new ModelServiceConfig { Routing = new ModelServiceRouting { Fallback = fallback } };
        return UpdatePartAsync(serviceName, config, ModelServiceFields.Fallbacks, etag, nameof(fallbacks), cancellationToken);
    }

    /// <summary>Replaces the rate limits.</summary>
    /// <param name="serviceName">The three-part name.</param>
    /// <param name="rateLimits">All rate limits; none removes them.</param>
    /// <param name="etag">The <see cref="ModelService.Etag"/> that the service must have; <see langword="null"/> for any.</param>
    /// <param name="cancellationToken">Cancels the request, not an update that has begun.</param>
    /// <returns>The model service after the update.</returns>
    /// <exception cref="ArgumentException"><paramref name="serviceName"/> is not a three-part name.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual Task<ModelService> UpdateRateLimitsAsync(
        string serviceName, IEnumerable<ModelServiceRateLimit> rateLimits, string? etag = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rateLimits);
        var config = new ModelServiceConfig { RateLimits = [.. rateLimits] };
        return UpdatePartAsync(serviceName, config, ModelServiceFields.RateLimits, etag, nameof(rateLimits), cancellationToken);
    }

    /// <summary>Sets or removes the inference table. The schema and the prefix of an existing one cannot be changed.</summary>
    /// <param name="serviceName">The three-part name.</param>
    /// <param name="inferenceTable">The table; <see langword="null"/> removes it, and nothing is logged.</param>
    /// <param name="etag">The <see cref="ModelService.Etag"/> that the service must have; <see langword="null"/> for any.</param>
    /// <param name="cancellationToken">Cancels the request, not an update that has begun.</param>
    /// <returns>The model service after the update.</returns>
    /// <exception cref="ArgumentException"><paramref name="serviceName"/> is not a three-part name.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual Task<ModelService> UpdateInferenceTableAsync(
        string serviceName, ModelServiceInferenceTable? inferenceTable, string? etag = null, CancellationToken cancellationToken = default)
    {
        var config = new ModelServiceConfig { InferenceTable = inferenceTable };
        return UpdatePartAsync(serviceName, config, ModelServiceFields.InferenceTable, etag, nameof(inferenceTable), cancellationToken);
    }

    /// <summary>Deletes a model service. Services in <c>system.ai</c> cannot be deleted.</summary>
    /// <param name="serviceName">The three-part name.</param>
    /// <param name="etag">The <see cref="ModelService.Etag"/> that the service must have; <see langword="null"/> for any.</param>
    /// <param name="cancellationToken">Cancels the request, not a deletion that has begun.</param>
    /// <returns>A task that completes when the service is deleted.</returns>
    /// <exception cref="ArgumentException"><paramref name="serviceName"/> is not a three-part name.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual Task DeleteAsync(string serviceName, string? etag = null, CancellationToken cancellationToken = default) =>
        Requests.DeleteAsync(ModelServiceNames.Require(serviceName, nameof(serviceName)), etag, cancellationToken);

    private Task<ModelService> UpdatePartAsync(
        string serviceName, ModelServiceConfig config, string field, string? etag, string parameter, CancellationToken cancellationToken)
    {
        var name = ModelServiceNames.Require(serviceName, nameof(serviceName));
        return Requests.UpdateAsync(
            new ModelService { ResourceName = name, Config = config, Etag = etag }, [field], parameter, cancellationToken);
    }
}
