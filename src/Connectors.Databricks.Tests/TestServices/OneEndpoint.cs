using System.Net;
using System.Text.Json.Nodes;
using Connectors.Databricks.Management;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>Keeps one configuration; an update is under way for one read, as in Databricks' own fake.</summary>
internal sealed class OneEndpoint(string config) : HttpMessageHandler
{
    public const string Two =
        """
        {"served_entities":[
           {"name":"champion","entity_name":"main.ml.churn","entity_version":"7","workload_size":"Small","scale_to_zero_enabled":false,
            "environment_vars":{"A":"b"},"gpu_memory":{"gb":40}},
           {"name":"challenger","entity_name":"main.ml.churn","entity_version":"8","workload_type":"GPU_SMALL"}],
         "auto_capture_config":{"enabled":true},
         "traffic_config":{"routes":[{"served_model_name":"champion","traffic_percentage":100}]}}
        """;

    private string _config = config;
    private int _reads;

    public List<string> Updates { get; } = [];

    public string? UpdateLine { get; private set; }

    public int UpdatingFor { get; set; }

    public int ReadsBeforeUpdate { get; private set; }

    public int Version { get; set; } = 1;

    public string? Outcome { get; init; }

    public bool Ignores { get; init; }

    public string Traffic => string.Join(", ", JsonNode.Parse(_config)!["traffic_config"]!["routes"]!.AsArray()
        .Where(route => route!["traffic_percentage"]!.GetValue<int>() > 0)
        .Select(route => $"{route!["served_model_name"]} {route["traffic_percentage"]} %"));

    public DatabricksManagementClient Client(TimeProvider clock) => new VerbatimService().Client(options =>
    {
        options.HttpClient = new HttpClient(this) { Timeout = Timeout.InfiniteTimeSpan };
        options.TimeProvider = clock;
        options.TotalTimeout(null);
    }).GetManagementClient();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Put)
        {
            Assert.Equal(0, UpdatingFor);
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            UpdateLine = $"PUT {request.RequestUri!.AbsolutePath}";
            Updates.Add(body);
            ReadsBeforeUpdate = _reads;
            _config = Ignores ? _config : (JsonNode.Parse(body)!["config"] ?? JsonNode.Parse(body)!).ToJsonString();
            Version++;
            UpdatingFor = 1;
            return Answer("IN_PROGRESS");
        }

        _reads++;
        return Answer(UpdatingFor-- > 0 ? "IN_PROGRESS" : Updates.Count > 0 && Outcome is not null ? Outcome : "NOT_UPDATING");
    }

    private HttpResponseMessage Answer(string update)
    {
        UpdatingFor = Math.Max(0, UpdatingFor);
        var config = JsonNode.Parse(_config);
        if (config is not null)
        {
            config["config_version"] = Version;
        }

        var endpoint = new JsonObject
        {
            ["name"] = "churn",
            ["state"] = new JsonObject { ["ready"] = "READY", ["config_update"] = update },
            ["config"] = config,
        };
        return new HttpResponseMessage(
            HttpStatusCode.OK) { Content = new StringContent(endpoint.ToJsonString(), null, "application/json") };
    }
}
