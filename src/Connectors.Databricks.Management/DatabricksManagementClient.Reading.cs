using System.Diagnostics.CodeAnalysis;
using Connectors.Databricks.Management.Documents;
using Connectors.Databricks.Management.Requests;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Management;

public partial class DatabricksManagementClient
{
    /// <summary>
    /// Lists the endpoints that the caller can view, including those of foundation models. The service returns the short form of each.
    /// </summary>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The endpoints, in the order of the service, which supports neither pages nor filters.</returns>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual async Task<DocumentList<ServingEndpoint>> ListAsync(CancellationToken cancellationToken = default)
    {
        var list = await Requests.ReadAsync("Listing the endpoints", string.Empty, Requests.At(),
            ManagementJsonContext.Default.EndpointList, cancellationToken)
            .ConfigureAwait(false);
        return list.Endpoints as DocumentList<ServingEndpoint> ?? new([]);
    }

    /// <summary>Lists the foundation models of Databricks with the APIs that each supports. The route is undocumented.</summary>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The endpoints, in their short form.</returns>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    [Experimental("DBXEXP003")]
    public virtual async Task<DocumentList<ServingEndpoint>> ListFoundationModelsAsync(CancellationToken cancellationToken = default)
    {
        var uri = Requests.AtRoute(":foundation-models");
        var list = await Requests.ReadAsync(
            "Listing the foundation models", string.Empty, uri, ManagementJsonContext.Default.EndpointList,
                cancellationToken).ConfigureAwait(false);
        return list.Endpoints as DocumentList<ServingEndpoint> ?? new([]);
    }

    /// <summary>Gets the full document of an endpoint.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The request failed; 404 means that the endpoint does not exist.</exception>
    public virtual Task<ServingEndpoint> GetAsync(string endpointName, CancellationToken cancellationToken = default) =>
        Requests.GetAsync(endpointName, cancellationToken);

    /// <summary>Gets an endpoint if it exists.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The endpoint, or <see langword="null"/> if no endpoint has that name.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">
    /// The request failed for another reason, including a 404 because the workspace does not have the API.
    /// </exception>
    public virtual async Task<ServingEndpoint?> FindAsync(string endpointName, CancellationToken cancellationToken = default)
    {
        try
        {
            return await GetAsync(endpointName, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabricksServingException exception) when (CreateOnce.IsMissing(exception))
        {
            return null;
        }
    }

    /// <summary>Gets whether a model supports provisioned throughput, and the increment of its throughput.</summary>
    /// <param name="modelName">The registered model, such as <c>system.ai.llama_v3_3_70b_instruct</c>.</param>
    /// <param name="modelVersion">The version, such as <c>1</c>.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The support and the increment.</returns>
    /// <exception cref="ArgumentException">A name is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual Task<ModelOptimizationInfo> GetModelOptimizationInfoAsync(
        string modelName, string modelVersion, CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(modelName, nameof(modelName));
        EndpointPath.Require(modelVersion, nameof(modelVersion));
        return Requests.ReadDocumentAsync(
            $"Getting the optimization info of model '{modelName}' version '{modelVersion}'", string.Empty,
            Requests.At("get-model-optimization-info", modelName, modelVersion), ManagementJsonContext.Default.ModelOptimizationInfo,
                cancellationToken);
    }
}
