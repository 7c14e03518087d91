using System.Text;
using System.Text.Json;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Endpoints;

public partial class DatabricksEndpointClient
{
    /// <summary>Gets the metrics of an endpoint as the text that Prometheus reads.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The text, in the OpenMetrics format.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed.</exception>
    public virtual async Task<string> GetMetricsTextAsync(string endpointName, CancellationToken cancellationToken = default)
    {
        var (_, document) = await MetricsAsync(endpointName, cancellationToken).ConfigureAwait(false);
        return Text(document);
    }

    /// <summary>Gets the metrics of an endpoint. The service measures each minute; asking more often shows the same.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The metrics, with views of those that Databricks documents.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed, or what came are no metrics.</exception>
    public virtual async Task<EndpointMetrics> GetMetricsAsync(string endpointName, CancellationToken cancellationToken = default)
    {
        var (call, document) = await MetricsAsync(endpointName, cancellationToken).ConfigureAwait(false);
        try
        {
            var budget = new ItemBudget(document.Reply.Limits.MaxItems, cancellationToken);
            return new EndpointMetrics(Inbound.MetricsFromText.Read(Text(document), budget));
        }
        catch (BoundExceededException exception)
        {
            throw ServingExceptions.TooLarge(call, document.Reply, exception.Limit, exception.Name);
        }
        catch (FormatException exception)
        {
            throw ServingExceptions.Malformed(call, document.Reply, exception, $"an answer that is no metrics text ({exception.Message.TrimEnd('.')})");
        }
    }

    /// <summary>Gets what a model's signature says of its calls, as the OpenAPI document that the service makes of it.</summary>
    /// <param name="endpointName">The name of the endpoint, which must be ready.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The document, as JSON text.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed; models without a signature have no such document.</exception>
    public virtual async Task<string> GetOpenApiAsync(string endpointName, CancellationToken cancellationToken = default)
    {
        var (_, document) = await OpenApiAsync(endpointName, cancellationToken).ConfigureAwait(false);
        return Text(document);
    }

    /// <summary>Gets the columns that a model takes and gives, with their types, from its OpenAPI document.</summary>
    /// <param name="endpointName">The name of the endpoint, which must be ready.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The signature of each served entity that has one.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed, or what came is no OpenAPI document.</exception>
    public virtual async Task<EndpointSignature> GetSignatureAsync(string endpointName, CancellationToken cancellationToken = default)
    {
        var (call, document) = await OpenApiAsync(endpointName, cancellationToken).ConfigureAwait(false);
        var root = Inbound.ManagementFromWire.Read(call, document, DatabricksJsonContext.Default.JsonElement, cancellationToken);
        EndpointSignature? signature;
        try
        {
            signature = Inbound.SignatureFromOpenApi.Read(root, new ItemBudget(document.Reply.Limits.MaxItems, cancellationToken));
        }
        catch (BoundExceededException exception)
        {
            throw ServingExceptions.TooLarge(call, document.Reply, exception.Limit, exception.Name);
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception))
        {
            throw ServingExceptions.Malformed(call, document.Reply, exception);
        }

        return signature
            ?? throw ServingExceptions.Unexpected(
                call, document.Reply, "a document that is no OpenAPI",
                "Endpoints.GetOpenApiAsync shows it. Only models that were logged with a signature have one.");
    }

    private Task<(ServingCall Call, ServedDocument Document)> MetricsAsync(string endpointName, CancellationToken cancellationToken) =>
        TextAsync("metrics", "metrics", endpointName, cancellationToken);

    private Task<(ServingCall Call, ServedDocument Document)> OpenApiAsync(string endpointName, CancellationToken cancellationToken) =>
        TextAsync("OpenAPI document", "openapi", endpointName, cancellationToken);

    private async Task<(ServingCall Call, ServedDocument Document)> TextAsync(
        string what, string route, string endpointName, CancellationToken cancellationToken)
    {
        EndpointPath.Require(endpointName);
        var call = ReadCall($"Getting the {what} of endpoint '{endpointName}'", endpointName, At(endpointName, route), accept: "text/plain");
        return (call, await Connected(_transport).GetDocumentAsync(call, cancellationToken).ConfigureAwait(false));
    }

    private static string Text(ServedDocument document) => Encoding.UTF8.GetString(document.Body.AsSpan().StartsWith("\uFEFF"u8)
        ? document.Body.AsSpan(3)
        : document.Body);
}
