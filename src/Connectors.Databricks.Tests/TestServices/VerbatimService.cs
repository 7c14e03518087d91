using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>
/// A service of prepared answers, so that a test shows both documents of a wire: what must be sent, and what comes back. It is an HTTP
/// handler, no server; each request takes the next answer. The workspace has no Unity Gateway: a request for the list of model services,
/// which the directory sends together with that of endpoints, is answered so, and is not among the requests that were sent.
/// </summary>
internal sealed class VerbatimService : HttpMessageHandler
{
    private const string NoGateway = """{"error_code":"ENDPOINT_NOT_FOUND","message":"No API found for this path."}""";

    public const string EndpointName = "some-endpoint";

    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = new();
    private readonly List<SentRequest> _sent = [];

    /// <summary>Whether lists of model services take the next answer, too.</summary>
    public bool HasModelServices { get; init; }

    public IReadOnlyList<SentRequest> Sent => _sent;

    /// <summary>The next request gets this JSON body.</summary>
    public VerbatimService Answers(
        string body, HttpStatusCode status = HttpStatusCode.OK, string mediaType = "application/json",
        params (string Name, string Value)[] headers)
    {
        _answers.Enqueue(_ => Task.FromResult(NewResponse(new StringContent(body, Encoding.UTF8, mediaType), status, headers)));
        return this;
    }

    /// <summary>The next request gets a body that the test controls.</summary>
    public VerbatimService Answers(HttpStatusCode status, HttpContent body)
    {
        _answers.Enqueue(_ => Task.FromResult(NewResponse(body, status, [])));
        return this;
    }

    /// <summary>The next request gets these server-sent events, byte for byte.</summary>
    public VerbatimService Streams(string events, params (string Name, string Value)[] headers) =>
        Streams(new MemoryStream(Encoding.UTF8.GetBytes(events)), headers);

    /// <summary>The next request gets a stream that the test controls.</summary>
    public VerbatimService Streams(Stream body, params (string Name, string Value)[] headers)
    {
        _answers.Enqueue(_ =>
        {
            var content = new StreamContent(body);
            content.Headers.ContentType = new("text/event-stream");
            return Task.FromResult(NewResponse(content, HttpStatusCode.OK, headers));
        });
        return this;
    }

    /// <summary>The next request fails below HTTP.</summary>
    public VerbatimService Throws(Exception exception)
    {
        _answers.Enqueue(_ => Task.FromException<HttpResponseMessage>(exception));
        return this;
    }

    /// <summary>The next request waits until it is canceled.</summary>
    public VerbatimService NeverAnswers()
    {
        _answers.Enqueue(async cancellationToken =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("An infinite wait has ended.");
        });
        return this;
    }

    public DatabricksServingClient Client(Action<DatabricksServingOptions>? configure = null) =>
        new(Options(configure), new IsolatedPlatform(TimeProvider.System));

    public DatabricksServingOptions Options(Action<DatabricksServingOptions>? configure = null)
    {
        var options = new DatabricksServingOptions
        {
            Host = Some.Host,
            Credential = DatabricksCredential.FromToken(Some.Token),
            HttpClient = new HttpClient(this, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan },
            Resilience = { Retry = null },
        };
        configure?.Invoke(options);
        return options;
    }

    public IChatClient Chat(Action<DatabricksServingOptions>? configure = null) => Client(configure).GetChatClient(TestSurface.Name);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!HasModelServices && request.RequestUri!.AbsolutePath == "/api/2.1/unity-catalog/model-services"
            && request.Method == HttpMethod.Get)
        {
            var none = new StringContent(NoGateway, Encoding.UTF8, "application/json");
            return NewResponse(none, HttpStatusCode.NotFound, []);
        }

        var body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = request.Headers.NonValidated.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        _sent.Add(new SentRequest(request.Method.Method, request.RequestUri!, headers, body));
        return _answers.TryDequeue(out var answer)
            ? await answer(cancellationToken)
            : throw new InvalidOperationException(
                $"Request {_sent.Count} has no prepared answer: {request.Method} {request.RequestUri} {body}");
    }

    private static HttpResponseMessage NewResponse(HttpContent content, HttpStatusCode status, (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage(status) { Content = content };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    /// <summary>One request as it was sent.</summary>
    public sealed record SentRequest(string Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, string Body);
}
