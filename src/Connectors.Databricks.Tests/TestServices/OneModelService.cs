using System.Net;
using System.Text.Json.Nodes;
using Connectors.Databricks.Management;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>Keeps one model service; an update replaces its destinations.</summary>
internal sealed class OneModelService(string document = OneModelService.Two) : HttpMessageHandler
{
    public const string Two =
        """
        {"name":"model-services/main.ai.chat","config":{
          "routing":{"destinations":[
            {"name":"champion","destination_type":"DESTINATION_TYPE_PAY_PER_TOKEN_FOUNDATION_MODEL","traffic_percentage":100,
             "pay_per_token_config":{"model":"models/system.ai.a"},"weight":1},
            {"name":"challenger","destination_type":"DESTINATION_TYPE_PAY_PER_TOKEN_FOUNDATION_MODEL","traffic_percentage":0,
             "pay_per_token_config":{"model":"models/system.ai.b"}}]},
          "rate_limits":[{"key":"RATE_LIMIT_KEY_SERVICE","requests":60,"renewal_period":"RATE_LIMIT_RENEWAL_PERIOD_MINUTE"}]}}
        """;

    public List<string> Updates { get; } = [];

    public List<string> Queries { get; } = [];

    public int Reads { get; private set; }

    public int Version { get; set; } = 1;

    /// <summary>Whether the host returns etags.</summary>
    public bool HasEtags { get; init; } = true;

    /// <summary>Whether updates are answered with a name alone.</summary>
    public bool AnswersBriefly { get; init; }

    /// <summary>Whether updates have no effect.</summary>
    public bool Ignores { get; init; }

    /// <summary>Called before an update is applied.</summary>
    public Action? BeforeUpdate { get; set; }

    /// <summary>Which update fails, from 1, and how.</summary>
    public (int Number, HttpStatusCode Status) Failing { get; set; }

    public JsonNode Document { get; private set; } = JsonNode.Parse(document)!;

    public string Traffic => string.Join(", ", Document["config"]!["routing"]!["destinations"]!.AsArray()
        .Select(one => $"{one!["name"]} {one["traffic_percentage"]} %"));

    public DatabricksManagementClient Client(TimeProvider clock) => new VerbatimService().Client(options =>
    {
        options.HttpClient = new HttpClient(this) { Timeout = Timeout.InfiniteTimeSpan };
        options.TimeProvider = clock;
        options.TotalTimeout(null);
    }).GetManagementClient();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get)
        {
            Reads++;
            return Answer(HttpStatusCode.OK, Whole());
        }

        Assert.Equal(HttpMethod.Patch, request.Method);
        Queries.Add(Uri.UnescapeDataString(request.RequestUri!.Query));
        Updates.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
        if (Failing.Number == Updates.Count)
        {
            return Answer(Failing.Status, JsonNode.Parse("""{"error_code":"INTERNAL_ERROR","message":"Failed."}""")!);
        }

        BeforeUpdate?.Invoke();
        if (Queries[^1].Contains("&etag=", StringComparison.Ordinal) && !Queries[^1].EndsWith($"&etag={Etag}", StringComparison.Ordinal))
        {
            return Answer(HttpStatusCode.Conflict, JsonNode.Parse("""{"error_code":"RESOURCE_CONFLICT","message":"Stale."}""")!);
        }

        if (!Ignores)
        {
            Document["config"]!["routing"]!["destinations"] =
                JsonNode.Parse(Updates[^1])!["config"]!["routing"]!["destinations"]!.DeepClone();
        }

        Version++;
        return Answer(HttpStatusCode.OK, AnswersBriefly ? JsonNode.Parse("""{"name":"model-services/main.ai.chat"}""")! : Whole());
    }

    private string Etag => $"+/{Version}==";

    private JsonNode Whole()
    {
        var whole = Document.DeepClone();
        if (HasEtags)
        {
            whole["etag"] = Etag;
        }

        return whole;
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, JsonNode body) =>
        new(status) { Content = new StringContent(body.ToJsonString(), null, "application/json") };
}
