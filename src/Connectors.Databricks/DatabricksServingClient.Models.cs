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

    /// <summary>Clears the corrections and model lookups; the next request sends the parameters again.</summary>
    /// <param name="endpointName">The name of the endpoint, or <see langword="null"/> for all endpoints.</param>
    public virtual void ClearCorrections(string? endpointName = null) => Connected(_models).Clear(endpointName);

    /// <summary>Reads the served entities of an endpoint, or the destinations of a model service.</summary>
    private sealed class EndpointEntities(DatabricksServingClient client) : IServedEntities
    {
        public async Task<IReadOnlyList<ServedModelReference>> GetAsync(string endpointName, CancellationToken cancellationToken)
        {
            if (ErrorKinds.IsUnityCatalogName(endpointName))
            {
                var service = await Connected(client._surfaces).Workspace.GetServiceAsync(endpointName,
                    cancellationToken).ConfigureAwait(false);
                return [.. (service?.Destinations ?? []).Select(destination => new ServedModelReference(destination.Model))];
            }

            var endpoint = (await client.Directory.GetProfileAsync(endpointName, cancellationToken).ConfigureAwait(false)).Endpoint;
            return
            [
                .. (endpoint.Config?.Entities ?? []).Select(entity => new ServedModelReference(
                    entity.EntityName ?? entity.FoundationName, entity.ExternalProvider, entity.ExternalName)),
            ];
        }
    }
}
