using Connectors.Databricks.Models;

namespace Connectors.Databricks;

public partial class DatabricksServingClient
{
    /// <summary>What requests to an endpoint are shaped by: the record of its model, with what the endpoint itself has taught.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <returns>The record; <see langword="null"/> when nothing is known of the endpoint.</returns>
    public virtual DatabricksModelInfo? GetModelInfo(string endpointName)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpointName);
        var endpoint = Connected(_models).For(endpointName);
        return endpoint.Record is null && endpoint.Lessons.Count == 0 ? null : endpoint.Model;
    }

    /// <summary>What endpoints have taught by refusing requests, and requests are written by since.</summary>
    /// <returns>The lessons that hold now, by endpoint; a snapshot.</returns>
    public virtual IReadOnlyList<DatabricksEndpointLesson> GetLessons() => Connected(_models).Lessons;

    /// <summary>Forgets what endpoints have taught; the next request asks anew.</summary>
    /// <param name="endpointName">The endpoint; <see langword="null"/> for all.</param>
    public virtual void ForgetLessons(string? endpointName = null) => Connected(_models).Forget(endpointName);

    /// <summary>Asks the management API what an endpoint serves.</summary>
    private sealed class EndpointEntities(DatabricksServingClient client) : IServedEntities
    {
        public async Task<IReadOnlyList<ServedEntity>> OfAsync(string endpointName, CancellationToken cancellationToken)
        {
            var endpoint = await client.Endpoints.GetAsync(endpointName, cancellationToken).ConfigureAwait(false);
            return
            [
                .. (endpoint.Config?.ServedEntities ?? []).Select(entity => new ServedEntity(
                    entity.EntityName ?? entity.FoundationModel?.Name, entity.ExternalModel?.Provider?.Value, entity.ExternalModel?.Name)),
            ];
        }
    }
}
