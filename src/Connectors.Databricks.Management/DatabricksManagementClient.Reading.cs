using System.Diagnostics.CodeAnalysis;
using System.Net;
using Connectors.Databricks.Management.Documents;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Management;

public partial class DatabricksManagementClient
{
    /// <summary>Lists every endpoint that you may see, foundation models included. The service gives the short form of each.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The endpoints, in the service's order; it has no pages and no filters.</returns>
    /// <exception cref="DatabricksServingException">The call failed.</exception>
    public virtual async Task<IReadOnlyList<ServingEndpoint>> ListAsync(CancellationToken cancellationToken = default)
    {
        var list = await Requests.ReadAsync("Listing the endpoints", string.Empty, Requests.At(),
            ManagementJsonContext.Default.EndpointList, cancellationToken)
            .ConfigureAwait(false);
        return list.Endpoints ?? [];
    }

    /// <summary>Lists the foundation models of Databricks, with the APIs that each answers. The route is not documented.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Endpoints in their short form.</returns>
    /// <exception cref="DatabricksServingException">The call failed.</exception>
    [Experimental("DBXEXP003")]
    public virtual async Task<IReadOnlyList<ServingEndpoint>> ListFoundationModelsAsync(CancellationToken cancellationToken = default)
    {
        var uri = Requests.AtRoute(":foundation-models");
        var list = await Requests.ReadAsync(
            "Listing the foundation models", string.Empty, uri, ManagementJsonContext.Default.EndpointList,
                cancellationToken).ConfigureAwait(false);
        return list.Endpoints ?? [];
    }

    /// <summary>Gets the full document of an endpoint.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed; a 404 means that there is no such endpoint.</exception>
    public virtual Task<ServingEndpoint> GetAsync(string endpointName, CancellationToken cancellationToken = default) =>
        Requests.GetAsync(endpointName, cancellationToken);

    /// <summary>Gets an endpoint that may not be there.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The endpoint, or <see langword="null"/> when there is none of that name.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">
    /// The call failed otherwise, also with a 404 that says that the workspace has no such API.
    /// </exception>
    public virtual async Task<ServingEndpoint?> FindAsync(string endpointName, CancellationToken cancellationToken = default)
    {
        try
        {
            return await GetAsync(endpointName, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabricksServingException exception) when (IsMissing(exception))
        {
            return null;
        }
    }

    /// <summary>Finds out whether a model can be served with provisioned throughput, and in which steps.</summary>
    /// <param name="modelName">The registered model, such as <c>system.ai.llama_v3_3_70b_instruct</c>.</param>
    /// <param name="modelVersion">The version, such as <c>1</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether, and the step.</returns>
    /// <exception cref="ArgumentException">A name is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed.</exception>
    public virtual Task<ModelOptimizationInfo> GetModelOptimizationInfoAsync(
        string modelName, string modelVersion, CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(modelName, nameof(modelName));
        EndpointPath.Require(modelVersion, nameof(modelVersion));
        return Requests.ReadAsync(
            $"Getting the optimization info of model '{modelName}' version '{modelVersion}'", string.Empty,
            Requests.At("get-model-optimization-info", modelName, modelVersion), ManagementJsonContext.Default.ModelOptimizationInfo,
                cancellationToken);
    }

    /// <summary>Whether a failure means that the endpoint does not exist, and not that the API does not.</summary>
    private static bool IsMissing(DatabricksServingException exception) =>
        exception.ErrorCode is "RESOURCE_DOES_NOT_EXIST"
        || exception is { StatusCode: HttpStatusCode.NotFound, ErrorCode: not ("ENDPOINT_NOT_FOUND" or "FEATURE_DISABLED") };
}
