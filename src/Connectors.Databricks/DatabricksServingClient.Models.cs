using Connectors.Databricks.Models;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks;

public partial class DatabricksServingClient
{
    /// <summary>
    /// Gets the capabilities that requests to an endpoint are adapted to: the record of its model with the corrections of the endpoint
    /// applied.
    /// </summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <returns>The record, or <see langword="null"/> when the model is unknown and there are no corrections.</returns>
    public virtual DatabricksModelInfo? GetModelInfo(string endpointName)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpointName);
        var endpoint = Connected(_models).For(endpointName);
        return endpoint.Record is null && endpoint.Corrections.Count == 0 ? null : endpoint.Model;
    }

    /// <summary>Gets the corrections of parameters that endpoints rejected, which are applied to later requests.</summary>
    /// <returns>A snapshot of the corrections that have not expired, ordered by endpoint name.</returns>
    public virtual IReadOnlyList<DatabricksParameterCorrection> GetCorrections() => Connected(_models).Corrections;

    /// <summary>
    /// Clears the corrections, the model lookups and the APIs that endpoints rejected; the next request sends the parameters again.
    /// </summary>
    /// <param name="endpointName">The name of the endpoint, or <see langword="null"/> for all endpoints.</param>
    public virtual void ClearCorrections(string? endpointName = null)
    {
        Connected(_models).Clear(endpointName);
        _learnedApis?.Clear(endpointName);
    }

    /// <summary>Reads the served entities of an endpoint, or the destinations of a model service.</summary>
    private sealed class EndpointEntities(DatabricksServingClient client) : IServedEntities
    {
        public async Task<ServedEntities> GetAsync(string endpointName, CancellationToken cancellationToken)
        {
            if (ErrorKinds.IsUnityCatalogName(endpointName))
            {
                var service = await Connected(client._surfaces).Workspace.GetServiceAsync(
                    endpointName, cancellationToken).ConfigureAwait(false);
                return new(
                    [.. (service?.Destinations ?? []).Select(destination => new ServedModelReference(destination.Model))],
                    service is null ? null : new ServedApis(null, service.ApiNames));
            }

            var profile = await client.Directory.GetProfileAsync(endpointName, cancellationToken).ConfigureAwait(false);
            return new(
                [
                    .. (profile.Endpoint.Config?.Entities ?? []).Select(entity => new ServedModelReference(
                        entity.EntityName ?? entity.FoundationName, entity.ExternalProvider, entity.ExternalName)),
                ],
                new ServedApis(profile.Task.Value.Value, [.. (profile.SupportedApis.Value ?? []).Select(api => api.Value)]));
        }
    }
}
