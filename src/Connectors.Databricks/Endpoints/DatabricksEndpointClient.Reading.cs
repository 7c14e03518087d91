using System.Globalization;
using System.Net;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Endpoints;

public partial class DatabricksEndpointClient
{
    /// <summary>Lists every endpoint that you may see, foundation models included. The service gives the short form of each.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The endpoints, in the service's order; it has no pages and no filters.</returns>
    /// <exception cref="DatabricksServingException">The call failed.</exception>
    public virtual async Task<IReadOnlyList<ServingEndpoint>> ListAsync(CancellationToken cancellationToken = default)
    {
        var list = await ReadAsync("Listing the endpoints", string.Empty, At(), DatabricksJsonContext.Default.EndpointList, cancellationToken)
            .ConfigureAwait(false);
        return list.Endpoints ?? [];
    }

    /// <summary>Lists the foundation models of Databricks, with the APIs that each answers. The route is not documented.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Endpoints in their short form.</returns>
    /// <exception cref="DatabricksServingException">The call failed.</exception>
    public virtual async Task<IReadOnlyList<ServingEndpoint>> ListFoundationModelsAsync(CancellationToken cancellationToken = default)
    {
        var uri = EndpointPath.Management(Settings.Host, $"{Collection}:foundation-models");
        var list = await ReadAsync(
            "Listing the foundation models", string.Empty, uri, DatabricksJsonContext.Default.EndpointList, cancellationToken).ConfigureAwait(false);
        return list.Endpoints ?? [];
    }

    /// <summary>Gets everything that the service tells of an endpoint.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed; a 404 says that there is no such endpoint.</exception>
    public virtual Task<ServingEndpoint> GetAsync(string endpointName, CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(endpointName);
        var call = ReadCall($"Getting endpoint '{endpointName}'", endpointName, At(endpointName), accept: null);
        return Connected(_transport).GetDocumentAsync(
            call, call, static (document, call, stop) => Inbound.ManagementFromWire.ReadNamed(call, document, stop), cancellationToken).AsTask();
    }

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

    /// <summary>Gets the log of the last build of a served entity's environment: what to read when its deployment failed.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="servedEntityName">The name of the served entity.</param>
    /// <param name="configVersion">The configuration it was built for; <see langword="null"/> for the one that is served.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The log; empty when there is none.</returns>
    /// <exception cref="ArgumentException">A name is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed.</exception>
    public virtual Task<string> GetBuildLogsAsync(
        string endpointName, string servedEntityName, long? configVersion = null, CancellationToken cancellationToken = default) =>
        LogsAsync("build log", "build-logs", endpointName, servedEntityName, configVersion, cancellationToken);

    /// <summary>Gets the newest lines of what a served entity writes while it serves.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="servedEntityName">The name of the served entity.</param>
    /// <param name="configVersion">The configuration it serves for; <see langword="null"/> for the one that is served.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The log; empty when there is none.</returns>
    /// <exception cref="ArgumentException">A name is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed.</exception>
    public virtual Task<string> GetServerLogsAsync(
        string endpointName, string servedEntityName, long? configVersion = null, CancellationToken cancellationToken = default) =>
        LogsAsync("server log", "logs", endpointName, servedEntityName, configVersion, cancellationToken);

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
        return ReadAsync(
            $"Getting the optimization info of model '{modelName}' version '{modelVersion}'", string.Empty,
            At("get-model-optimization-info", modelName, modelVersion), DatabricksJsonContext.Default.ModelOptimizationInfo, cancellationToken);
    }

    /// <summary>Whether a failure says that there is no such endpoint, and not that there is no such API.</summary>
    private static bool IsMissing(DatabricksServingException exception) =>
        exception is { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "ENDPOINT_NOT_FOUND" };

    private async Task<string> LogsAsync(
        string what, string route, string endpointName, string servedEntityName, long? configVersion, CancellationToken cancellationToken)
    {
        EndpointPath.Require(endpointName);
        EndpointPath.Require(servedEntityName, nameof(servedEntityName));
        var uri = At(endpointName, "served-models", servedEntityName, route);
        if (configVersion is { } version)
        {
            var query = $"?config_version={version.ToString(CultureInfo.InvariantCulture)}";
            uri = uri.IsAbsoluteUri ? new Uri(uri.AbsoluteUri + query) : new Uri(uri.OriginalString + query, UriKind.Relative);
        }

        var document = await ReadAsync(
            $"Getting the {what} of served entity '{servedEntityName}' of endpoint '{endpointName}'", endpointName, uri,
            DatabricksJsonContext.Default.LogDocument, cancellationToken).ConfigureAwait(false);
        return document.Logs ?? string.Empty;
    }
}
