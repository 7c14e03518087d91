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
    public virtual Task<string> GetMetricsTextAsync(string endpointName, CancellationToken cancellationToken = default) =>
        MetricsAsync(endpointName, static (_, document, _) => Text(document), cancellationToken);

    /// <summary>Gets the metrics of an endpoint. The service measures each minute; asking more often shows the same.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The metrics, with views of those that Databricks documents.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed, or what came are no metrics.</exception>
    public virtual Task<EndpointMetrics> GetMetricsAsync(string endpointName, CancellationToken cancellationToken = default) =>
        MetricsAsync(endpointName, ParseMetrics, cancellationToken);

    private static EndpointMetrics ParseMetrics(ServingCall call, ServedDocument document, CancellationToken cancellationToken)
    {
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
    public virtual Task<string> GetOpenApiAsync(string endpointName, CancellationToken cancellationToken = default) =>
        OpenApiAsync(endpointName, static (_, document, _) => Text(document), cancellationToken);

    /// <summary>Gets the columns that a model takes and gives, with their types, from its OpenAPI document.</summary>
    /// <param name="endpointName">The name of the endpoint, which must be ready.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The signature of each served entity that has one.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed, or what came is no OpenAPI document.</exception>
    public virtual Task<EndpointSignature> GetSignatureAsync(string endpointName, CancellationToken cancellationToken = default) =>
        OpenApiAsync(endpointName, ParseSignature, cancellationToken);

    private static EndpointSignature ParseSignature(ServingCall call, ServedDocument document, CancellationToken cancellationToken)
    {
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

    private Task<T> MetricsAsync<T>(
        string endpointName, Func<ServingCall, ServedDocument, CancellationToken, T> parse, CancellationToken cancellationToken) =>
        TextAsync("metrics", "metrics", endpointName, parse, cancellationToken);

    private Task<T> OpenApiAsync<T>(
        string endpointName, Func<ServingCall, ServedDocument, CancellationToken, T> parse, CancellationToken cancellationToken) =>
        TextAsync("OpenAPI document", "openapi", endpointName, parse, cancellationToken);

    // Parses within the total timeout of the call.
    private async Task<T> TextAsync<T>(
        string what, string route, string endpointName, Func<ServingCall, ServedDocument, CancellationToken, T> parse,
        CancellationToken cancellationToken)
    {
        EndpointPath.Require(endpointName);
        var call = ReadCall($"Getting the {what} of endpoint '{endpointName}'", endpointName, At(endpointName, route), accept: "text/plain");
        return await Connected(_transport).GetDocumentAsync(
            call, (call, parse), static (document, state, stop) => state.parse(state.call, document, stop), cancellationToken).ConfigureAwait(false);
    }

    private static string Text(ServedDocument document) => Encoding.UTF8.GetString(document.Body.AsSpan().StartsWith("\uFEFF"u8)
        ? document.Body.AsSpan(3)
        : document.Body);
}
