using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Surfaces;

/// <summary>
/// A workspace that answers by path, in the words of the reference: which names it serves where, and which of its data a token may read. It
/// is an HTTP handler without a rule of its own about names.
/// </summary>
internal sealed class GatewayDouble : HttpMessageHandler
{
    public const string Legacy = "databricks-claude-sonnet-4-5";
    public const string Service = "system.ai.claude-sonnet-4-5";
    public const string Model = "system.ai.databricks-claude-sonnet-4-5";

    private readonly ConcurrentQueue<string> _requests = new();

    /// <summary>Answers of a path, by prefix; the first that matches. Each gets the body of the request.</summary>
    public List<(string Prefix, Func<string, (HttpStatusCode Status, string Body)> Answer)> Answers { get; } = [];

    public string MediaType { get; set; } = "application/json";

    /// <summary>Awaited before a request is answered.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<string> Requests => [.. _requests];

    public GatewayDouble On(string prefix, HttpStatusCode status, string body)
    {
        Answers.Add((prefix, _ => (status, body)));
        return this;
    }

    /// <summary>Legacy names are refused, and the model services answer.</summary>
    public GatewayDouble Enforces(params string[] services) => Gateway(services).On(
        "POST /serving-endpoints/", HttpStatusCode.Forbidden,
        $$"""{"error_code":"PERMISSION_DENIED","message":"Querying pay-per-token foundation model endpoint '{{Legacy}}' is disabled for this workspace. Please use Unity Gateway."}""");

    /// <summary>The gateway answers for these model services alone.</summary>
    public GatewayDouble Gateway(params string[] services)
    {
        Answers.Add(("POST /ai-gateway/mlflow/v1/", body => services.Contains((string?)JsonNode.Parse(body)!["model"])
            ? (HttpStatusCode.OK, body.Contains("\"input\"", StringComparison.Ordinal) ? VectorBody : Some.ChatBody)
            : (HttpStatusCode.NotFound, """{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"Model service does not exist."}""")));
        return this;
    }

    public GatewayDouble HasNoGateway(string code = "ENDPOINT_NOT_FOUND") =>
        On("POST /ai-gateway/", HttpStatusCode.NotFound, $$"""{"error_code":"{{code}}","message":"No API found."}""");

    public GatewayDouble Endpoint(string name, params string[] models) =>
        On($"GET /api/2.0/serving-endpoints/{name}", HttpStatusCode.OK, Document(name, models));

    public GatewayDouble Endpoints(params (string Name, string Model)[] endpoints) => On(
        "GET /api/2.0/serving-endpoints", HttpStatusCode.OK,
        $$"""{"endpoints":[{{string.Join(",", endpoints.Select(endpoint => Document(endpoint.Name, [endpoint.Model])))}}]}""");

    /// <summary>One page of services, each with a destination.</summary>
    public GatewayDouble Services(params (string Name, string Model)[] services) => On(
        "GET /api/2.1/unity-catalog/model-services?", HttpStatusCode.OK, Page(null, services));

    public GatewayDouble MayNotList() => On("GET /api/2.1/unity-catalog/model-services", HttpStatusCode.Forbidden, Denied);

    public GatewayDouble MayNotView() => On("GET /api/2.0/serving-endpoints", HttpStatusCode.Forbidden, Denied);

    public static string Page(string? next, params (string Name, string Model)[] services) => new JsonObject
    {
        ["model_services"] = new JsonArray([.. services.Select(service => ServiceDocument(service.Name, service.Model))]),
        ["next_page_token"] = next,
    }.ToJsonString();

    private static JsonObject ServiceDocument(string name, string model) => new JsonObject
    {
        ["name"] = $"model-services/{name}",
        ["config"] = JsonNode.Parse(
            """{"routing":{"destinations":[{"name":"d","pay_per_token_config":{"model":"models/MODEL"}}]}}""".Replace("MODEL", model,
                StringComparison.Ordinal)),
    };

    public DatabricksServingClient Client(Action<DatabricksServingOptions>? configure = null)
    {
        var options = new DatabricksServingOptions
        {
            Host = Some.Host,
            Credential = DatabricksCredential.FromToken(Some.Token),
            HttpClient = new HttpClient(this, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan },
            Resilience = { Retry = null },
        };
        configure?.Invoke(options);
        return new DatabricksServingClient(options, new IsolatedPlatform(TimeProvider.System));
    }

    public async Task<ChatResponse> Ask(string name, Action<DatabricksServingOptions>? configure = null) =>
        await Client(configure).GetChatClient(name).GetResponseAsync(Some.Question());

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsStringAsync(cancellationToken);
        var line = $"{request.Method} {request.RequestUri!.PathAndQuery}";
        var model = body.Length > 0 ? (string?)JsonNode.Parse(body)!["model"] : null;
        _requests.Enqueue(model is null ? line : $"{line} {model}");
        var answer = Answers.FirstOrDefault(answer => line.StartsWith(answer.Prefix, StringComparison.Ordinal)).Answer
            ?? throw new InvalidOperationException($"No answer for {line}");
        await Before(line);
        var (status, text) = answer(body);
        return new HttpResponseMessage(status) { Content = new StringContent(text, Encoding.UTF8, MediaType) };
    }

    private const string Denied = """{"error_code":"PERMISSION_DENIED","message":"You do not have permission."}""";

    public const string VectorBody =
        """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[3,4]}],"usage":{"prompt_tokens":1,"total_tokens":1}}""";

    private static string Document(string name, string[] models) => new JsonObject
    {
        ["name"] = name,
        ["config"] = new JsonObject
        {
            ["served_entities"] = new JsonArray([.. models.Select(model =>
                JsonNode.Parse("""{"name":"e","foundation_model":{"name":"MODEL"}}""".Replace("MODEL", model, StringComparison.Ordinal)))]),
        },
    }.ToJsonString();
}
