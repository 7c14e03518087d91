using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>
/// The server of both connectors: sends the replies of a script, in order, in the dialect of the request, and records the requests as chat
/// completions.
/// </summary>
internal sealed class ScriptedModel : HttpMessageHandler
{
    private readonly Queue<Reply> _script;
    private readonly List<JsonNode> _requests = [];
    private readonly HashSet<string> _issued = new(StringComparer.Ordinal);
    private readonly List<string> _models = [];

    /// <param name="script">The replies.</param>
    /// <param name="earlier">The replies of earlier turns, whose items may come back.</param>
    public ScriptedModel(IEnumerable<Reply> script, IEnumerable<Reply>? earlier = null)
    {
        _script = new(script);
        foreach (var reply in earlier ?? [])
        {
            Issue(ResponsesReply.Of(reply));
        }
    }

    public IReadOnlyList<JsonNode> Requests => _requests;

    /// <summary>The model of each request, from the body or the path.</summary>
    public IReadOnlyList<string> Models => _models;

    public int RepliesLeft => _script.Count;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var body = JsonNode.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken))!;
        var isResponses = request.RequestUri!.AbsolutePath.EndsWith("/responses", StringComparison.Ordinal);
        _requests.Add(isResponses ? new ResponsesRequest(_issued).ToChat(body.AsObject()) : body);
        _models.Add((string?)body["model"] ?? request.RequestUri!.Segments[^2].TrimEnd('/'));
        if (!_script.TryDequeue(out var reply))
        {
            throw new InvalidOperationException($"The script has no reply to request {_requests.Count}: {request.RequestUri}");
        }

        if (isResponses)
        {
            reply = ResponsesReply.Of(reply);
            Issue(reply);
        }

        return new HttpResponseMessage(reply.Status) { Content = Content(reply), RequestMessage = request };
    }

    private void Issue(Reply reply)
    {
        foreach (var line in reply.Body.Split('\n'))
        {
            var document = ResponsesReply.Parse(line.StartsWith("data: ", StringComparison.Ordinal) ? line[6..] : line) as JsonObject;
            foreach (var item in (document?["response"] ?? document)?["output"] as JsonArray ?? [])
            {
                _issued.Add(ResponsesRequest.Trimmed(item!));
            }
        }
    }

    // Seven bytes at a time: events, names and characters are cut anywhere.
    private static StreamContent Content(Reply reply)
    {
        var content = new StreamContent(new SlicedStream(Encoding.UTF8.GetBytes(reply.Body), 7));
        content.Headers.ContentType = new MediaTypeHeaderValue(reply.MediaType) { CharSet = "utf-8" };
        return content;
    }
}
