using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.AspNetCore.Tests.ModelHub;

/// <summary>The documents that the page reads.</summary>
public class DetailsTests
{
    private const string Secret = "dapi0123456789abcdef0123456789abcdef";

    private static readonly EndpointProfile Split = DatabricksModelFactory.EndpointProfile(
        $$$"""
        {"name":"churn","creator":"ann@example.com","description":"Uses {{{Secret}}}","creation_timestamp":1767323045000,
         "state":{"ready":"READY","config_update":"IN_PROGRESS"},"tags":[{"key":"team","value":"growth"},{"key":"token","value":"hunter22"}],
         "config":{"served_entities":[
             {"name":"champion","entity_name":"main.ml.churn","entity_version":"1","workload_size":"Small","workload_type":"CPU",
              "scale_to_zero_enabled":true,"environment_vars":{"KEY":"secret-of-env"},
              "state":{"deployment":"DEPLOYMENT_READY","deployment_state_message":"Ready"}},
             {"name":"challenger","entity_name":"main.ml.churn","entity_version":"2"}],
           "traffic_config":{"routes":[{"served_model_name":"champion","traffic_percentage":90},
                                       {"served_model_name":"challenger","traffic_percentage":10}]}},
         "pending_config":{"served_models":[{"name":"next","model_name":"main.ml.churn","model_version":"3"}]}}
        """);

    [Fact]
    public async Task The_details_have_the_traffic_split_and_no_secret()
    {
        await using var app = await ModelHubApp.StartAsync(new ScriptedDirectory().Lists(Split));

        JsonText.AssertEqual(
            """
            {"name":"churn","type":"endpoint","kind":"custom","mode":"prediction","state":"updating","description":"Uses ***",
             "creator":"ann@example.com","createdAt":"2026-01-02T03:04:05+00:00","models":[],"capabilities":[],"apis":[],"inputs":[],"outputs":[],
             "tags":[{"key":"team","value":"growth"},{"key":"token","value":"***"}],
             "entities":[
               {"name":"champion","model":"main.ml.churn","version":"1","workloadSize":"Small","workloadType":"CPU","scalesToZero":true,
                "trafficPercent":90,"deployment":"DEPLOYMENT_READY","deploymentMessage":"Ready"},
               {"name":"challenger","model":"main.ml.churn","version":"2","trafficPercent":10}],
             "pending":[{"name":"next","model":"main.ml.churn","version":"3"}],
             "sources":{"kind":"service","mode":"inferred","contextWindow":"unknown","capabilities":"unknown"},
             "examples":{
               "csharp":"var serving = DatabricksServingClient.FromEnvironment();\nvar signature = await serving.Directory.GetSignatureAsync(\"churn\");   // the columns\nvar input = DatabricksPredictionInput.DataframeRecords(rows);\nvar prediction = await serving.PredictAsync(\"churn\", input);",
               "curl":"curl \"$DATABRICKS_HOST\"'/serving-endpoints/churn/invocations' \\\n  -H \"Authorization: Bearer $DATABRICKS_TOKEN\" \\\n  -H 'Content-Type: application/json' \\\n  -d '{\"dataframe_records\": [{}]}'"}}
            """,
            await app.TextAsync("/models/data/endpoint?name=churn"));
    }

    [Fact]
    public async Task The_list_groups_endpoints_that_differ_in_their_own_texts_only()
    {
        static EndpointProfile Endpoint(string name, string task) => ModelHubApp.Endpoint(name, task, "{}");
        await using var app = await ModelHubApp.StartAsync(new ScriptedDirectory().Lists(
            Endpoint("a", "llm/v1/chat"), Endpoint("b", "llm/v1/embeddings"), Endpoint("c", "llm/v1/chat"), Endpoint("a", "llm/v1/chat")));

        var endpoints = (await app.JsonAsync("/models/data/endpoints"))["endpoints"]!.AsArray();

        Assert.Equal([("a", 0), ("b", 1), ("c", 0)], endpoints.Select(item => ((string)item!["name"]!, (int)item["group"]!)));
    }

    [Fact]
    public async Task A_model_service_has_destinations_and_is_called_through_the_gateway()
    {
        await using var app = await ModelHubApp.StartAsync(new ScriptedDirectory().Lists(DatabricksModelFactory.EndpointProfile(
            """
            {"name":"model-services/main.ai.chat","supported_api_types":["mlflow/v1/chat/completions"],
             "config":{"routing":{
               "destinations":[
                 {"name":"a","traffic_percentage":70,"pay_per_token_config":{"model":"models/system.ai.claude-sonnet-4-5"}},
                 {"name":"b","traffic_percentage":30,
                  "external_model_config":{"model_provider_service":"model-provider-services/main.ai.openai","target":{"model":"gpt-4o"}}},
                 {"name":"gone","is_deleted":true}],
               "fallback":{"destinations":[{"name":"c","pay_per_token_config":{"model":"models/system.ai.gpt-oss-120b"}}]}}}}
            """)));

        var details = await app.JsonAsync("/models/data/endpoint?name=main.ai.chat");

        JsonText.AssertEqual(
            """
            [{"name":"a","model":"system.ai.claude-sonnet-4-5","trafficPercent":70},
             {"name":"b","model":"gpt-4o","provider":"main.ai.openai","trafficPercent":30}]
            """,
            details["entities"]!.ToJsonString());
        JsonText.AssertEqual("""[{"name":"c","model":"system.ai.gpt-oss-120b"}]""", details["fallbacks"]!.ToJsonString());
        Assert.Contains("/ai-gateway/mlflow/v1/chat/completions", (string?)details["examples"]!["curl"], StringComparison.Ordinal);
        Assert.Equal(404, (await app.GetAsync("/models/data/signature?name=main.ai.chat")).Status);
    }

    [Theory]
    [InlineData("a'; rm -rf /'", "'/serving-endpoints/a%27%3B%20rm%20-rf%20%2F%27/invocations'", "\"a'; rm -rf /'\"")]
    [InlineData("a\"; Drop(); //", "'/serving-endpoints/a%22%3B%20Drop%28%29%3B%20%2F%2F/invocations'", "\"a\\\"; Drop(); //\"")]
    [InlineData("a\n\u202Eb\\", "'/serving-endpoints/a%0A%E2%80%AEb%5C/invocations'", "\"a\\u000a\\u202eb\\\\\"")]
    public async Task A_name_cannot_leave_the_code_that_is_copied(string name, string path, string literal)
    {
        await using var app = await ModelHubApp.StartAsync(new ScriptedDirectory().Lists(
            ModelHubApp.Endpoint(System.Text.Json.JsonEncodedText.Encode(name).ToString(), "llm/v1/chat", "{}")));

        var examples = (await app.JsonAsync($"/models/data/endpoint?name={Uri.EscapeDataString(name)}"))["examples"]!;

        Assert.Contains(path, (string?)examples["curl"], StringComparison.Ordinal);
        Assert.Contains($"GetChatClient({literal})", (string?)examples["csharp"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("llm/v1/chat", "GetChatClient", "\"messages\"")]
    [InlineData("llm/v1/completions", "CompleteAsync", "\"prompt\"")]
    [InlineData("llm/v1/embeddings", "GetEmbeddingGenerator", "\"input\"")]
    [InlineData("agent/v1/responses", "GetChatClient", "\"input\": [{\"role\"")]
    public async Task The_code_calls_what_the_endpoint_serves(string task, string csharp, string curl)
    {
        await using var app = await ModelHubApp.StartAsync(new ScriptedDirectory().Lists(ModelHubApp.Endpoint("a", task, "{}")));

        var examples = (await app.JsonAsync("/models/data/endpoint?name=a"))["examples"]!;

        Assert.Contains(csharp, (string?)examples["csharp"], StringComparison.Ordinal);
        Assert.Contains(curl, (string?)examples["curl"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signature_and_metrics_come_from_the_workspace()
    {
        await using var app = await ModelHubApp.StartAsync();
        app.Emulator.AddClassicEndpoint("churn-v1");

        var signature = await app.JsonAsync("/models/data/signature?name=churn-v1");
        var metrics = await app.JsonAsync("/models/data/metrics?name=churn-v1");

        Assert.Contains("tenure", signature["inputs"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal((0, 4), ((double?)metrics["requestsPerMinute"], (double?)metrics["provisionedConcurrency"]));
    }

    [Theory]
    [InlineData("signature", 400)]
    [InlineData("signature", 404)]
    [InlineData("metrics", 403)]
    [InlineData("metrics", 404)]
    public async Task A_document_that_an_endpoint_does_not_have_is_no_error(string route, int status)
    {
        await using var app = await ModelHubApp.StartAsync(services: services => services.AddSingleton(new DatabricksServingClient(
            new DatabricksServingOptions
            {
                Host = new Uri("https://hub.example.com"),
                Credential = DatabricksCredential.FromToken("token"),
                HttpClient = new HttpClient(new Workspace(status)),
            })));

        using var response = await app.Http.GetAsync(new Uri($"/models/data/{route}?name=churn", UriKind.Relative));

        Assert.Equal(204, (int)response.StatusCode);
    }

    [Fact]
    public async Task Metrics_are_left_out_when_the_app_turns_them_off()
    {
        await using var app = await ModelHubApp.StartAsync(options => options.IncludeMetrics = false);
        app.Emulator.AddClassicEndpoint("churn-v1");

        Assert.Equal(404, (await app.GetAsync("/models/data/metrics?name=churn-v1")).Status);
    }

    [Theory]
    [InlineData("endpoint")]
    [InlineData("signature")]
    [InlineData("metrics")]
    public async Task A_name_that_is_not_listed_is_not_sent_to_the_workspace(string route)
    {
        await using var app = await ModelHubApp.StartAsync();

        Assert.Equal(404, (await app.GetAsync($"/models/data/{route}?name=no-such")).Status);
        Assert.Equal(400, (await app.GetAsync($"/models/data/{route}")).Status);
        Assert.DoesNotContain(app.Emulator.Requests, request => request.Path.Contains("no-such", StringComparison.Ordinal));
    }

    /// <summary>A workspace with one endpoint, which responds with a status to everything else.</summary>
    private sealed class Workspace(int status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(request.RequestUri!.AbsolutePath.EndsWith("/serving-endpoints", StringComparison.Ordinal)
                ? new HttpResponseMessage(System.Net.HttpStatusCode.OK)
                {
                    Content = new StringContent("""{"endpoints":[{"name":"churn"}]}""", System.Text.Encoding.UTF8, "application/json"),
                }
                : new HttpResponseMessage((System.Net.HttpStatusCode)status)
                {
                    Content = new StringContent(
                        """{"error_code":"FEATURE_DISABLED","message":"no"}""", System.Text.Encoding.UTF8, "application/json"),
                });
    }
}
