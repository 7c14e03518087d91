using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator;

/// <summary>A request as the emulator received it, accepted or rejected.</summary>
public sealed class RecordedRequest
{
    private readonly IReadOnlyList<(string Name, string Value)>? _fields;

    internal RecordedRequest(
        string method,
        string path,
        string query,
        IReadOnlyDictionary<string, string> headers,
        string body,
        IReadOnlyList<(string Name, string Value)>? fields,
        string? endpointName,
        string requestId,
        DateTimeOffset receivedAt)
    {
        Method = method;
        Path = path;
        Query = query;
        Headers = headers;
        Body = body;
        _fields = fields;
        EndpointName = endpointName;
        RequestId = requestId;
        ReceivedAt = receivedAt;
    }

    /// <summary>Gets the HTTP method.</summary>
    public string Method { get; }

    /// <summary>Gets the path as sent, with percent-encoding.</summary>
    public string Path { get; }

    /// <summary>Gets the query without its question mark; empty when there is none.</summary>
    public string Query { get; }

    /// <summary>Gets the headers, with case-insensitive names; several values of a header are joined by commas.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>Gets the body as text; empty when there is none.</summary>
    public string Body { get; }

    /// <summary>Gets the endpoint named in the path or in <c>model</c>, whether it exists or not.</summary>
    public string? EndpointName { get; }

    /// <summary>Gets the id that the response carries in <c>x-databricks-request-id</c>.</summary>
    public string RequestId { get; }

    /// <summary>Gets when the request was received, on the emulator's clock.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>Gets the status of the response; null before it and when the connection was dropped.</summary>
    public int? StatusCode { get; internal set; }

    /// <summary>Gets the fault that <see cref="EmulatedFaults"/> injected; null when there was none.</summary>
    public EmulatedFault? Fault { get; internal set; }

    /// <summary>Gets the fields of a urlencoded body; null for other bodies. Several values of a field are joined by commas.</summary>
    public IReadOnlyDictionary<string, string>? Form => _fields?
        .GroupBy(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal)
        .ToDictionary(values => values.Key, values => string.Join(", ", values), StringComparer.Ordinal);

    /// <summary>
    /// Gets the tags of <c>Databricks-Ai-Gateway-Request-Tags</c>; empty when there are none, or when the header is not an object of
    /// strings.
    /// </summary>
    public IReadOnlyDictionary<string, string> RequestTags =>
        Headers.TryGetValue("Databricks-Ai-Gateway-Request-Tags", out var header) ? ReadTags(header) : new Dictionary<string, string>();

    /// <summary>The unescaped values of the query, by name; the last of several counts.</summary>
    internal IReadOnlyDictionary<string, string> QueryValues => Query.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .GroupBy(pair => Uri.UnescapeDataString(pair[0]), StringComparer.Ordinal)
        .ToDictionary(
            group => group.Key,
            group => Uri.UnescapeDataString(group.Last().ElementAtOrDefault(1) ?? ""),
            StringComparer.Ordinal);

    /// <summary>Gets the body as JSON, parsed on each call so that callers may change it; null when it is not JSON.</summary>
    public JsonNode? Json
    {
        get
        {
            try
            {
                return Body.Length == 0 ? null : JsonNode.Parse(Body);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    private static Dictionary<string, string> ReadTags(string header)
    {
        try
        {
            return JsonNode.Parse(header) is JsonObject tags && tags.All(tag => tag.Value?.GetValueKind() == JsonValueKind.String)
                ? tags.ToDictionary(tag => tag.Key, tag => tag.Value!.GetValue<string>(), StringComparer.Ordinal)
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Returns method, path and status, never headers, query or body, which contain secrets and prompts.</summary>
    /// <returns>Such as <c>POST /oidc/v1/token 200</c>.</returns>
    public override string ToString() => $"{Method} {Path} {StatusCode}".TrimEnd();
}
