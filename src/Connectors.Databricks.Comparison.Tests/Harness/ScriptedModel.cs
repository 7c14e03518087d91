using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>The server of both connectors: sends the replies of a script, in order, and records the requests.</summary>
internal sealed class ScriptedModel(IEnumerable<Reply> script) : HttpMessageHandler
{
    private readonly Queue<Reply> _script = new(script);
    private readonly List<JsonNode> _requests = [];
    private readonly List<string> _models = [];

    public IReadOnlyList<JsonNode> Requests => _requests;

    /// <summary>The model of each request, from the body or the path.</summary>
    public IReadOnlyList<string> Models => _models;

    public int RepliesLeft => _script.Count;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var body = JsonNode.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken))!;
        _requests.Add(body);
        _models.Add((string?)body["model"] ?? request.RequestUri!.Segments[^2].TrimEnd('/'));
        if (!_script.TryDequeue(out var reply))
        {
            throw new InvalidOperationException($"The script has no reply to request {_requests.Count}: {request.RequestUri}");
        }

        return new HttpResponseMessage(reply.Status) { Content = Content(reply), RequestMessage = request };
    }

    // Seven bytes at a time: events, names and characters are cut anywhere.
    private static StreamContent Content(Reply reply)
    {
        var content = new StreamContent(new SlicedStream(Encoding.UTF8.GetBytes(reply.Body), 7));
        content.Headers.ContentType = new MediaTypeHeaderValue(reply.MediaType) { CharSet = "utf-8" };
        return content;
    }
}
