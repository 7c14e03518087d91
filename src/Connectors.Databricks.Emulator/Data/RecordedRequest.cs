using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator;

/// <summary>One request as it reached the emulator, answered or refused.</summary>
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

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The path exactly as it was sent, percent signs included.</summary>
    public string Path { get; }

    /// <summary>The query without its question mark; empty when there was none.</summary>
    public string Query { get; }

    /// <summary>The headers by name, in any case; several values of one header are joined by commas.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body as text; empty when there was none.</summary>
    public string Body { get; }

    /// <summary>The endpoint the request named in its path or its <c>model</c>, known to the emulator or not.</summary>
    public string? EndpointName { get; }

    /// <summary>The id the answer carries in <c>x-databricks-request-id</c>.</summary>
    public string RequestId { get; }

    /// <summary>When the request had arrived, by the emulator's clock.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>The status of the answer; null while there is none, and when the connection was dropped before it.</summary>
    public int? StatusCode { get; internal set; }

    /// <summary>What <see cref="EmulatedFaults"/> did to the answer; null when it went out as it was.</summary>
    public EmulatedFault? Fault { get; internal set; }

    /// <summary>The fields of a urlencoded body, null when it is none; several values of one field are joined by commas.</summary>
    public IReadOnlyDictionary<string, string>? Form => _fields?
        .GroupBy(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal)
        .ToDictionary(values => values.Key, values => string.Join(", ", values), StringComparer.Ordinal);

    /// <summary>The body as JSON, read anew on each call so that callers may change it; null when it is no JSON.</summary>
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

    /// <summary>Method, path and status; never headers, query or body, which hold secrets and prompts.</summary>
    /// <returns>Such as <c>POST /oidc/v1/token 200</c>.</returns>
    public override string ToString() => $"{Method} {Path} {StatusCode}".TrimEnd();
}
