using System.Text.Json;
using Connectors.Databricks.Management.Documents;
using Connectors.Databricks.Management.Json;
using Connectors.Databricks.Management.Requests;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Management;

public partial class DatabricksManagementClient
{
    /// <summary>Adds, replaces and removes tags.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="add">The tags to add; <see langword="null"/> for none.</param>
    /// <param name="remove">The keys of the tags to remove; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>All tags after the change.</returns>
    /// <exception cref="ArgumentException">A name is empty, no tag is specified, or a tag is both added and removed.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual async Task<IReadOnlyList<EndpointTag>> UpdateTagsAsync(
        string endpointName,
        IEnumerable<EndpointTag>? add = null,
        IEnumerable<string>? remove = null,
        CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(endpointName);
        var added = add?.ToArray() is { Length: > 0 } tags ? tags : null;
        var removed = remove?.ToArray() is { Length: > 0 } keys ? keys : null;
        if (added is null && removed is null)
        {
            throw new ArgumentException("There is no tag to add and none to remove. Specify at least one.", nameof(add));
        }

        if (added?.FirstOrDefault(tag => removed?.Contains(tag.Key) == true) is { } both)
        {
            throw new ArgumentException($"The tag '{both.Key}' is to be added and removed. Do one of both.", nameof(remove));
        }

        return await Requests.Api.SendAsync(
            SettingCall(HttpMethod.Patch, "the tags", "tags", endpointName, RetrySafety.Idempotent),
            new TagChanges(added, removed), ManagementJsonContext.Default.TagChanges, ReadTags, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Replaces the legacy rate limits, which the service deprecates: use <see cref="AIGatewayConfig.RateLimits"/> (<see
    /// cref="UpdateAIGatewayAsync"/>) instead.
    /// </summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="rateLimits">All limits; an empty list removes them. Legacy limits count calls, per user or per endpoint.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The limits after the change.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual async Task<IReadOnlyList<RateLimit>> UpdateRateLimitsAsync(
        string endpointName, IEnumerable<RateLimit> rateLimits, CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(endpointName);
        ArgumentNullException.ThrowIfNull(rateLimits);
        var list = await Requests.WriteAsync(
            SettingCall(HttpMethod.Put, "the rate limits", "rate-limits", endpointName, RetrySafety.Idempotent),
            new RateLimitList([.. rateLimits]), ManagementJsonContext.Default.RateLimitList, ManagementJsonContext.Default.RateLimitList,
            cancellationToken).ConfigureAwait(false);
        return list.RateLimits ?? [];
    }

    /// <summary>
    /// Replaces the AI Gateway configuration of an endpoint. To change a part, start from <see cref="ServingEndpoint.AIGateway"/>.
    /// </summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="config">The whole configuration; one without members removes the AI Gateway.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The configuration after the change.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual Task<AIGatewayConfig> UpdateAIGatewayAsync(
        string endpointName, AIGatewayConfig config, CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(endpointName);
        ArgumentNullException.ThrowIfNull(config);
        return Requests.WriteDocumentAsync(
            SettingCall(HttpMethod.Put, "the AI Gateway", "ai-gateway", endpointName, RetrySafety.Idempotent),
            config, ManagementJsonContext.Default.AIGatewayConfig, ManagementJsonContext.Default.AIGatewayConfig, cancellationToken);
    }

    /// <summary>Sets the recipients of email notifications about updates of the endpoint.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="notifications">The addresses.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The addresses after the change.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual async Task<EmailNotifications> UpdateNotificationsAsync(
        string endpointName, EmailNotifications notifications, CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(endpointName);
        ArgumentNullException.ThrowIfNull(notifications);
        return await Requests.Api.SendAsync(
            SettingCall(HttpMethod.Patch, "the notifications", "notifications", endpointName, RetrySafety.Idempotent),
            new NotificationsDocument(notifications), ManagementJsonContext.Default.NotificationsDocument, ReadNotifications,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sets which signals of an endpoint are written to Unity Catalog. Not supported for endpoints of external models.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="config">The whole configuration; <see langword="null"/> removes telemetry.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The endpoint after the change.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The request failed; 409 means that an update is in progress.</exception>
    public virtual Task<ServingEndpoint> UpdateTelemetryAsync(
        string endpointName, EndpointTelemetryConfig? config, CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(endpointName);
        return Requests.WriteDocumentAsync(
            // Table names create a telemetry profile; sending them twice would create another one.
            SettingCall(HttpMethod.Patch, "the telemetry", "telemetry-config", endpointName, RetrySafety.NonIdempotent),
            new TelemetryDocument(config), ManagementJsonContext.Default.TelemetryDocument, ManagementJsonContext.Default.ServingEndpoint,
            cancellationToken);
    }

    /// <summary>
    /// Sets whether system metrics of an endpoint are exported to the table <c>system.telemetry.otel_metrics</c>. The configuration and the
    /// deployment do not change.
    /// </summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="setting">Whether they are exported.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The endpoint after the change.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual Task<ServingEndpoint> UpdateSystemMetricsExportAsync(
        string endpointName, SystemMetricsExport setting, CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(endpointName);
        if (setting == default)
        {
            throw new ArgumentException("The value is empty. Use SystemMetricsExport.Enabled or Disabled.", nameof(setting));
        }

        return Requests.WriteDocumentAsync(
            SettingCall(
                HttpMethod.Patch, "the export of system metrics", "system-metrics-export-state", endpointName, RetrySafety.Idempotent),
            new ExportDocument(setting), ManagementJsonContext.Default.ExportDocument, ManagementJsonContext.Default.ServingEndpoint,
            cancellationToken);
    }

    private ServingCall SettingCall(HttpMethod method, string what, string route, string endpointName, RetrySafety retrySafety) =>
        EndpointRequests.Change(
            method, $"Updating {what} of endpoint '{endpointName}'", endpointName, Requests.At(endpointName, route), retrySafety);

    // Newer servers wrap the list in an object, older ones do not.
    private static IReadOnlyList<EndpointTag> ReadTags(ServingCall call, ServedDocument document, CancellationToken cancellationToken) =>
        document.Body.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'[', ..]
            ? [.. WorkspaceDocument.Read(call, document, ManagementJsonContext.Default.IReadOnlyListEndpointTag, cancellationToken)
                .Where(tag => tag is not null)]
            : WorkspaceDocument.Read(call, document, ManagementJsonContext.Default.TagList, cancellationToken).Tags ?? [];

    private static EmailNotifications ReadNotifications(
        ServingCall call, ServedDocument document, CancellationToken cancellationToken) =>
        WorkspaceDocument.ReadElement(call, document, cancellationToken) is { ValueKind: JsonValueKind.Object } answer
        && answer.TryGetProperty("email_notifications", out var notifications) && notifications.ValueKind == JsonValueKind.Object
            ? DocumentReading.Read(notifications, ManagementJsonContext.Default.EmailNotifications)
            : new EmailNotifications();
}
