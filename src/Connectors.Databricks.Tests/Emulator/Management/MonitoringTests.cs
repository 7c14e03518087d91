using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Management;

public class MonitoringTests
{
    [Fact]
    public async Task Metrics_count_what_was_served_in_the_last_minute()
    {
        await using Wire wire = await Wire.OpenAsync();
        await wire.AskAsync("churn-v1", ManagementWire.OneRow);
        wire.Clock.Advance(TimeSpan.FromMinutes(1));
        wire.Emulator.Endpoint("churn-v1").Fails(500, "INTERNAL_ERROR");
        await wire.AskAsync("churn-v1", ManagementWire.OneRow);
        await wire.AskAsync("churn-v1", "{}");
        await wire.AskAsync("churn-v1", ManagementWire.OneRow);
        await wire.ManagedAsync("GET", "/churn-v1");

        string text = await wire.Http.GetStringAsync(new Uri("api/2.0/serving-endpoints/churn-v1/metrics", UriKind.Relative));

        const string Labels = "{endpoint_name=\"churn-v1\",served_entity=\"churn_v1-1\"";
        string[] lines = text.Split('\n');
        Assert.Equal(
            [
                $"cpu_usage_percentage{Labels}}} 5",
                $"mem_usage_percentage{Labels}}} 12.5",
                $"provisioned_concurrent_requests_total{Labels}}} 4",
                $"request_count_total{Labels}}} 3",
                $"request_4xx_count_total{Labels}}} 1",
                $"request_5xx_count_total{Labels}}} 1",
            ],
            lines.Where(line =>
                !line.StartsWith('#') && !line.StartsWith("request_latency_ms", StringComparison.Ordinal) && line.Length > 0));
        Assert.Equal(
            [
                $"request_latency_ms_bucket{Labels},le=\"10\"}} 4",
                $"request_latency_ms_bucket{Labels},le=\"+Inf\"}} 4",
                $"request_latency_ms_sum{Labels}}} 0",
                $"request_latency_ms_count{Labels}}} 4",
            ],
            lines.Where(line => line.StartsWith("request_latency_ms", StringComparison.Ordinal))
                .Where((_, index) => index is 0 or >= 12));
        Assert.Contains("# TYPE request_count_total gauge\n", text, StringComparison.Ordinal);
        Assert.EndsWith("# EOF\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Latency_is_that_of_the_clock()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("churn-v1").DelaysTheHeadersBy(TimeSpan.FromMilliseconds(700));
        Task<string> asked = wire.AskAsync("churn-v1", ManagementWire.OneRow);
        await wire.Emulator.Endpoint("churn-v1").WaitForPauseAsync();
        wire.Clock.Advance(TimeSpan.FromMilliseconds(700));
        await asked;

        string text = await wire.Http.GetStringAsync(new Uri("api/2.0/serving-endpoints/churn-v1/metrics", UriKind.Relative));

        Assert.Contains("le=\"500\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("le=\"1000\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "request_latency_ms_sum{endpoint_name=\"churn-v1\",served_entity=\"churn_v1-1\"} 700\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pay_per_token_models_have_no_metrics()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(
            ManagementWire.Error(
                400, "INVALID_PARAMETER_VALUE", "Metrics are not available for the pay-per-token endpoint databricks-inkling."),
            await wire.ManageAsync("GET", "/databricks-inkling/metrics"));
    }

    [Fact]
    public async Task The_schema_is_that_of_the_served_models()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.ManageAsync("GET", "/churn-v1/openapi");

        Wire.SameJson(
            """
            {"openapi":"3.1.0","info":{"title":"churn-v1","version":"1"},"servers":[{"url":"HOST/serving-endpoints/churn-v1"}],
             "paths":{"/served-models/churn_v1-1/invocations":{"post":{
               "requestBody":{"content":{"application/json":{"schema":{"oneOf":[
                 {"type":"object","properties":{
                    "dataframe_split":{"type":"object","properties":{
                      "columns":{"description":"required fields: tenure, monthly_charges","type":"array",
                                 "items":{"type":"string","enum":["tenure","monthly_charges"]}},
                      "data":{"type":"array","items":{"type":"array","prefixItems":[
                        {"type":"number","format":"double"},{"type":"number","format":"double"}]}}}},
                    "params":{"type":"object","properties":{"decimals":{"type":"integer","format":"int64","default":"6"}}}},
                  "examples":[{"columns":["tenure","monthly_charges"],"data":[[12,70.5],[48,20]]}]},
                 {"type":"object","properties":{
                    "dataframe_records":{"type":"array","items":{"required":["tenure","monthly_charges"],"type":"object",
                      "properties":{"tenure":{"type":"number","format":"double"},"monthly_charges":{"type":"number","format":"double"}}}},
                    "params":{"type":"object","properties":{"decimals":{"type":"integer","format":"int64","default":"6"}}}}}]}}}},
               "responses":{"200":{"description":"Successful operation","content":{"application/json":{"schema":{
                 "type":"object","properties":{"predictions":{"type":"array","items":{"type":"number","format":"double"}}}}}}}}}}}}
            """.Replace("HOST", wire.Emulator.Host.ToString().TrimEnd('/'), StringComparison.Ordinal),
            answer[4..]);
    }

    [Theory]
    [InlineData("fraud-v2", 400, "INVALID_STATE", "Endpoint fraud-v2 is not ready; its schema is available once it is.")]
    [InlineData("azure-gpt-4o", 404, "RESOURCE_DOES_NOT_EXIST", "Endpoint azure-gpt-4o serves no model with a logged signature.")]
    public async Task Without_signature_or_readiness_there_is_no_schema(string endpoint, int status, string code, string message)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(ManagementWire.Error(status, code, message), await wire.ManageAsync("GET", $"/{endpoint}/openapi"));
    }

    [Fact]
    public async Task Logs_tell_what_happened()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Management.ReadsToDeploy = 0);
        wire.Emulator.AddBrokenModel("main.ml.broken", "3", "No module named 'sklearn'.");
        await wire.ManagedAsync("POST", "",
            """{"name":"broken","config":{"served_entities":[{"entity_name":"main.ml.broken","entity_version":"3"}]}}""");
        await wire.StateAsync("broken");
        await wire.AskAsync("churn-v1", ManagementWire.OneRow);
        await wire.AskAsync("churn-v1", "{}");

        JsonNode build = await wire.ManagedAsync("GET", "/broken/served-models/broken-3/build-logs");
        JsonNode server = await wire.ManagedAsync("GET", "/churn-v1/served-models/churn_v1-1/logs");

        const string At = "[2026-09-21 14:13:20 +0000] [INFO] ";
        Assert.Equal(
            $"{At}Building a container for main.ml.broken version 3\n{At}Deployment ended: No module named 'sklearn'.\n",
            build["logs"]!.GetValue<string>());
        Assert.Equal(
            $"{At}POST /serving-endpoints/churn-v1/invocations 200 0 ms\n{At}POST /serving-endpoints/churn-v1/invocations 400 0 ms\n",
            server["logs"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(
        "/churn-v1/served-models/x/logs", 404, "RESOURCE_DOES_NOT_EXIST", "Served entity with name x not found in endpoint churn-v1")]
    [InlineData("/azure-gpt-4o/served-models/gpt-4o/build-logs", 400, "INVALID_PARAMETER_VALUE",
        "Logs are available for custom models only; gpt-4o is none.")]
    public async Task Only_custom_models_have_logs(string path, int status, string code, string message)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(ManagementWire.Error(status, code, message), await wire.ManageAsync("GET", path));
    }

    [Theory]
    [InlineData("system.ai.llama-4-maverick/1", """200 {"optimizable":true,"model_type":"llama","throughput_chunk_size":980}""")]
    [InlineData("main.models.churn_v1/2", """200 {"optimizable":false}""")]
    [InlineData("a.b.c/1", """404 {"error_code":"RESOURCE_DOES_NOT_EXIST","message":"Registered model 'a.b.c' does not exist."}""")]
    public async Task Whether_throughput_can_be_provisioned_is_told_by_model(string model, string expected)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(expected, await wire.ManageAsync("GET", "/get-model-optimization-info/" + model));
    }

    [Theory]
    [InlineData("GET", "/unknown/metrics", "Serving endpoint with name unknown not found")]
    [InlineData("GET", "/unknown/openapi", "Serving endpoint with name unknown not found")]
    [InlineData("GET", "/unknown/served-models/x/logs", "Serving endpoint with name unknown not found")]
    [InlineData("PUT", "/unknown/config", "Serving endpoint with name unknown not found")]
    [InlineData("PUT", "/unknown/ai-gateway", "Serving endpoint with name unknown not found")]
    [InlineData("PATCH", "/unknown/tags", "Serving endpoint with name unknown not found")]
    [InlineData("POST", "/unknown/config:stop", "Serving endpoint with name unknown not found")]
    public async Task What_is_not_there_is_missing(string method, string path, string message)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(
            ManagementWire.Error(404, "RESOURCE_DOES_NOT_EXIST", message),
            await wire.ManageAsync(method, path, method == "GET" ? null : "{}"));
    }

    [Theory]
    [InlineData("POST", "/churn-v1")]
    [InlineData("GET", "/churn-v1/config")]
    public async Task A_wrong_method_finds_no_route(string method, string path)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.StartsWith(
            """404 {"error_code":"ENDPOINT_NOT_FOUND",""", await wire.ManageAsync(method, path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task External_functions_are_not_emulated()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.StartsWith("501 ", await wire.ManageAsync("POST", "api/2.0/external-function", "{}"), StringComparison.Ordinal);
    }
}
