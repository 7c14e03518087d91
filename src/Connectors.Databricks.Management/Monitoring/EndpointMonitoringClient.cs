using System.Globalization;
using Connectors.Databricks.Management.Documents;
using Connectors.Databricks.Management.Metrics;
using Connectors.Databricks.Management.Requests;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary> Reads metrics and logs of endpoints. Returned by <see cref="DatabricksManagementClient.Monitoring"/>. Thread-safe. </summary>
public class EndpointMonitoringClient
{
    private readonly EndpointRequests? _requests;

    internal EndpointMonitoringClient(EndpointRequests requests) => _requests = requests;

    /// <summary>
    /// Initializes a new instance of the <see cref="EndpointMonitoringClient"/> class for mocks and decorators: every member that is called
    /// must be overridden.
    /// </summary>
    protected EndpointMonitoringClient()
    {
    }

    /// <summary>Gets the metrics of an endpoint as text for Prometheus.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The text, in the OpenMetrics format.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual Task<string> GetMetricsTextAsync(string endpointName, CancellationToken cancellationToken = default) =>
        MetricsAsync(endpointName, WorkspaceDocument.ReadText, cancellationToken);

    /// <summary>Gets the metrics of an endpoint. The service updates them once a minute.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The metrics.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The request failed, or the response is not in a metrics format.</exception>
    public virtual Task<EndpointMetrics> GetMetricsAsync(string endpointName, CancellationToken cancellationToken = default) =>
        MetricsAsync(endpointName, ParseMetrics, cancellationToken);

    private static EndpointMetrics ParseMetrics(ServingCall call, ServedDocument document, CancellationToken cancellationToken)
    {
        var text = WorkspaceDocument.ReadText(call, document, cancellationToken);
        try
        {
            var budget = new ItemBudget(document.Reply.Limits.MaxItems, cancellationToken);
            return new EndpointMetrics(MetricsFromText.Read(text, budget));
        }
        catch (BoundExceededException exception)
        {
            throw ServingExceptions.TooLarge(call, document.Reply, exception.Limit, exception.Name);
        }
        catch (FormatException exception)
        {
            throw ServingExceptions.Malformed(call, document.Reply, exception,
                $"a response that is not in a metrics format ({exception.Message.TrimEnd('.')})");
        }
    }

    /// <summary>Gets the log of the last environment build of a served entity, for troubleshooting a failed deployment.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="servedEntityName">The name of the served entity.</param>
    /// <param name="configVersion">The configuration version of the build; <see langword="null"/> for the active configuration.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The log; empty if there is none.</returns>
    /// <exception cref="ArgumentException">A name is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual Task<string> GetBuildLogsAsync(
        string endpointName, string servedEntityName, long? configVersion = null, CancellationToken cancellationToken = default) =>
        LogsAsync("build log", "build-logs", endpointName, servedEntityName, configVersion, cancellationToken);

    /// <summary>Gets the newest log lines of a served entity.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="servedEntityName">The name of the served entity.</param>
    /// <param name="configVersion">The configuration version; <see langword="null"/> for the active configuration.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The log; empty if there is none.</returns>
    /// <exception cref="ArgumentException">A name is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual Task<string> GetServerLogsAsync(
        string endpointName, string servedEntityName, long? configVersion = null, CancellationToken cancellationToken = default) =>
        LogsAsync("server log", "logs", endpointName, servedEntityName, configVersion, cancellationToken);

    private Task<T> MetricsAsync<T>(
        string endpointName, Func<ServingCall, ServedDocument, CancellationToken, T> read, CancellationToken cancellationToken)
    {
        EndpointPath.Require(endpointName);
        return Connected(_requests).ReadTextAsync(
            $"Getting the metrics of endpoint '{endpointName}'", endpointName, Connected(_requests).At(endpointName, "metrics"), read,
                cancellationToken);
    }

    private async Task<string> LogsAsync(
        string what, string route, string endpointName, string servedEntityName, long? configVersion, CancellationToken cancellationToken)
    {
        EndpointPath.Require(endpointName);
        EndpointPath.Require(servedEntityName, nameof(servedEntityName));
        var uri = Connected(_requests).At(endpointName, "served-models", servedEntityName, route);
        if (configVersion is { } version)
        {
            var query = $"?config_version={version.ToString(CultureInfo.InvariantCulture)}";
            uri = uri.IsAbsoluteUri ? new Uri(uri.AbsoluteUri + query) : new Uri(uri.OriginalString + query, UriKind.Relative);
        }

        var document = await Connected(_requests).ReadAsync(
            $"Getting the {what} of served entity '{servedEntityName}' of endpoint '{endpointName}'", endpointName, uri,
            ManagementJsonContext.Default.LogDocument, cancellationToken).ConfigureAwait(false);
        return document.Logs ?? string.Empty;
    }

    private static T Connected<T>(T? member)
        where T : class =>
        member ?? throw new InvalidOperationException(
            "This EndpointMonitoringClient was created without a workspace, as mocks are. Override the member that was called.");
}
