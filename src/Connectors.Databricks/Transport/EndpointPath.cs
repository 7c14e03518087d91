using System.Text;

namespace Connectors.Databricks.Transport;

/// <summary>Builds the path of a serving endpoint; any name is escaped to one segment.</summary>
internal static class EndpointPath
{
    /// <exception cref="ArgumentException">The name is empty, or one that a URL would resolve to another path.</exception>
    public static void Require(string endpointName) => Require(endpointName, nameof(endpointName));

    /// <summary>The same for another name in a path.</summary>
    public static void Require(string name, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name, parameter);
        if (name is "." or "..")
        {
            throw new ArgumentException($"'{name}' is not {(parameter == "endpointName" ? "an endpoint name" : "a name")}.", parameter);
        }
    }

    /// <summary>Whether <see cref="Require(string)"/> would accept a name.</summary>
    public static bool IsName(string endpointName) => !string.IsNullOrWhiteSpace(endpointName) && endpointName is not ("." or "..");

    /// <summary>
    /// Whether a route-optimized endpoint takes what is sent to an address at its own: its invocations, and not those of one of its served
    /// models; and requests that have its name in the body, because its task decides the format (serving reference §2.1).
    /// </summary>
    public static bool IsOfEndpoint(Uri address) => address.OriginalString.Split('/') is [.., "serving-endpoints", _, "invocations"]
        or [.., "serving-endpoints", "responses" or "open-responses"];

    /// <param name="host">The workspace; null while it is not known, and then the address has no host.</param>
    /// <param name="endpointName">The endpoint, as the caller wrote it.</param>
    public static Uri Invocations(Uri? host, string endpointName) =>
        At(host, $"/serving-endpoints/{Uri.EscapeDataString(endpointName)}/invocations");

    /// <summary>One served model behind the endpoint, past its traffic split (serving reference §2.1).</summary>
    public static Uri Invocations(Uri? host, string endpointName, string servedModelName) =>
        At(
            host,
            $"/serving-endpoints/{Uri.EscapeDataString(endpointName)}/served-models/{Uri.EscapeDataString(servedModelName)}/invocations");

    /// <summary>A path of Unity Gateway; the model is in the body.</summary>
    /// <param name="host">The workspace; null while it is not known.</param>
    /// <param name="operation"><c>chat/completions</c>, <c>responses</c> or <c>embeddings</c>.</param>
    public static Uri Gateway(Uri? host, string operation) => At(host, $"/ai-gateway/mlflow/v1/{operation}");

    /// <summary>A path of Unity Gateway in the format of OpenAI; the model is in the body.</summary>
    /// <param name="host">The workspace; null while it is not known.</param>
    /// <param name="operation"><c>responses</c>.</param>
    public static Uri GatewayOpenAI(Uri? host, string operation) => At(host, $"/ai-gateway/openai/v1/{operation}");

    /// <summary>A path of serving endpoints that takes the name of the endpoint in the body.</summary>
    /// <param name="host">The workspace; null while it is not known.</param>
    /// <param name="operation"><c>responses</c> or <c>open-responses</c>.</param>
    public static Uri ServingEndpoints(Uri? host, string operation) => At(host, $"/serving-endpoints/{operation}");

    /// <summary>A path of the management API: <c>/api/2.0/</c>, then the segments, each escaped.</summary>
    /// <param name="host">The workspace; null while it is not known.</param>
    /// <param name="collection">The path before the segments, as the service writes it.</param>
    /// <param name="segments">Names and fixed words.</param>
    public static Uri Management(Uri? host, string collection, params ReadOnlySpan<string> segments)
    {
        var path = new StringBuilder("/api/2.0/").Append(collection);
        foreach (var segment in segments)
        {
            path.Append('/').Append(Uri.EscapeDataString(segment));
        }

        return At(host, path.ToString());
    }

    /// <summary>A path of the API of Unity Catalog: <c>/api/2.1/unity-catalog/</c>, then segments and parameters, escaped.</summary>
    /// <param name="host">The workspace; null while it is not known.</param>
    /// <param name="segments">Names and fixed words.</param>
    /// <param name="query">Parameters of the query; those without a value are left out.</param>
    public static Uri Catalog(Uri? host, IEnumerable<string> segments, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var path = new StringBuilder("/api/2.1/unity-catalog/").AppendJoin('/', segments.Select(Uri.EscapeDataString));
        var separator = '?';
        foreach (var (name, value) in query)
        {
            if (value is not null)
            {
                path.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }

        return At(host, path.ToString());
    }

    /// <summary>A page of the model services of Unity Catalog, with their destinations.</summary>
    /// <param name="host">The workspace; null while it is not known.</param>
    /// <param name="parent">The schema, such as <c>schemas/system.ai</c>; null for all that the caller can see.</param>
    /// <param name="pageSize">The maximum number of services.</param>
    /// <param name="pageToken">The token of the previous page; null for the first.</param>
    public static Uri ModelServices(Uri? host, string? parent, int pageSize, string? pageToken)
    {
        var schema = parent is null ? string.Empty : $"parent={Uri.EscapeDataString(parent)}&";
        var page = pageToken is null ? string.Empty : $"&page_token={Uri.EscapeDataString(pageToken)}";
        return At(host, $"/api/2.1/unity-catalog/model-services?{schema}page_size={pageSize}&view=FULL{page}");
    }

    /// <summary>One model service of Unity Catalog.</summary>
    public static Uri ModelService(Uri? host, string name) =>
        At(host, $"/api/2.1/unity-catalog/model-services/{Uri.EscapeDataString(name)}");

    private static Uri At(Uri? host, string path) => host is null ? new Uri(path, UriKind.Relative) : new Uri(host, path);
}
