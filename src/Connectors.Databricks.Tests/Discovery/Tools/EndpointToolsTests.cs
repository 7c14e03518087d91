using System.Text.Json;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Discovery.Tools;

/// <summary>What a model is told by the tools, over real HTTP.</summary>
public sealed class EndpointToolsTests : IAsyncLifetime
{
    private DatabricksEmulator _emulator = null!;
    private DatabricksServingClient _serving = null!;

    public async Task InitializeAsync()
    {
        _emulator = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions { AddsDefaultEndpoints = false });
        _emulator.AddChatEndpointLike("databricks-claude-sonnet-4-5", "databricks-claude-sonnet-4-5");
        _emulator.AddChatEndpointLike("databricks-meta-llama-3-3-70b-instruct", "databricks-meta-llama-3-3-70b-instruct");
        _emulator.AddEmbeddingEndpoint("databricks-gte-large-en");
        _emulator.AddClassicEndpoint("churn-v1").SplitsTraffic(("champion", "1", 90), ("challenger", "2", 10));
        _emulator.AddClassicEndpoint("sleeper").Stops();
        _serving = new DatabricksServingClient(_emulator.Host, DatabricksCredential.FromToken(_emulator.Token));
    }

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Fact]
    public void Reading_alone_is_there_by_default() => Assert.Equal(
        ["list_serving_endpoints", "get_serving_endpoint", "get_endpoint_schema", "get_endpoint_metrics"],
        Tools().Select(tool => tool.Name));

    [Fact]
    public void What_costs_or_changes_is_there_on_request() => Assert.Equal(
        ["query_endpoint", "get_endpoint_metrics", "start_serving_endpoint", "stop_serving_endpoint", "set_endpoint_traffic",
            "tag_serving_endpoint", "delete_serving_endpoint", "set_model_service_traffic", "delete_model_service"],
        Everything((_, _) => new(true)).Skip(3).Select(tool => tool.Name));

    [Fact]
    public void Changes_without_an_approval_are_rejected() => Assert.Equal(
        "AllowChanges requires ApproveChange: a model must not change endpoints on its own.",
        Assert.Throws<ArgumentException>(() => _serving.GetManagementClient().CreateTools(new() { AllowChanges = true })).Message);

    [Fact]
    public void Every_tool_can_be_described_to_every_family()
    {
        foreach (var tool in Everything((_, _) => new(true)))
        {
            Assert.Matches("^[a-z_]{1,64}$", tool.Name);
            Assert.InRange(tool.Description.Length, 20, 400);
            Assert.Equal("object", tool.JsonSchema.GetProperty("type").GetString());
            Assert.All(tool.JsonSchema.GetProperty("properties").EnumerateObject(), property =>
                Assert.True(property.Value.TryGetProperty("type", out _)));
            Assert.All(
                tool.JsonSchema.EnumerateObject(), member => Assert.Contains(member.Name, new[] { "type", "properties", "required" }));
        }
    }

    [Fact]
    public async Task The_list_says_what_each_can_do() => JsonText.AssertEqual(
        """
        {"count":1,"endpoints":[
          {"name":"databricks-claude-sonnet-4-5","ready":true,"kind":"pay-per-token","mode":"chat",
           "apis":["chat-completions","responses"],
           "can":["tools","structured-output","reasoning","image-input","file-input"],"context_tokens":200000}]}
        """,
        await Call("list_serving_endpoints", ("capability", "image-input"), ("ready", true)));

    [Theory]
    [InlineData("mode", "embedding", "databricks-gte-large-en")]
    [InlineData("mode", "EMBEDDING", "databricks-gte-large-en")]
    [InlineData("kind", "custom", "churn-v1,sleeper")]
    [InlineData("ready", "false", "sleeper")]
    [InlineData("ready", false, "sleeper")]
    [InlineData("name_contains", "llama", "databricks-meta-llama-3-3-70b-instruct")]
    [InlineData("min_context_tokens", 150000, "databricks-claude-sonnet-4-5")]
    [InlineData("min_context_tokens", "150000", "databricks-claude-sonnet-4-5")]
    [InlineData("min_context_tokens", 150000.0, "databricks-claude-sonnet-4-5")]
    [InlineData("tag", "team=growth", "")]
    [InlineData("creator", "unknown", "")]
    public async Task The_list_takes_filters_as_models_write_them(string filter, object value, string names)
    {
        foreach (var written in new[] { value, JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions) })
        {
            // What they do not want they leave out, or write as null or as an empty text.
            Dictionary<string, object?> arguments = new() { ["capability"] = null, ["name_contains"] = "", [filter] = written };

            using var document = JsonDocument.Parse(
                await Call("list_serving_endpoints", [.. arguments.Select(argument => (argument.Key, argument.Value))]));

            var found = document.RootElement.GetProperty("endpoints").EnumerateArray().Select(item => item.GetProperty("name").GetString());
            Assert.Equal(names, string.Join(',', found));
        }
    }

    [Theory]
    [InlineData("mode", "dance", "'mode' must be one of chat, responses, completion, embedding, prediction, features, not 'dance'.")]
    [InlineData("ready", "maybe", "'ready' must be true or false, not 'maybe'.")]
    [InlineData("min_context_tokens", "many", "'min_context_tokens' must be a whole number, not 'many'.")]
    public async Task A_filter_that_makes_no_sense_is_told_to_the_model(string filter, string value, string error) =>
        Assert.Equal(error, await Error("list_serving_endpoints", (filter, value)));

    [Fact]
    public async Task A_long_list_is_cut_with_a_note()
    {
        _emulator.AddManyEndpoints(200);

        var result = await Call("list_serving_endpoints");

        using var document = JsonDocument.Parse(result);
        var shown = document.RootElement.GetProperty("endpoints").GetArrayLength();
        Assert.InRange(result.Length, 6_000, 8_000);
        Assert.Equal(205, document.RootElement.GetProperty("count").GetInt32());
        Assert.Equal($"Only the first {shown} of 205 are shown. Use filters to see others.",
            document.RootElement.GetProperty("note").GetString());
    }

    [Fact]
    public async Task One_endpoint_is_told_with_what_it_serves()
    {
        using var document = JsonDocument.Parse(await Call("get_serving_endpoint", ("name", "churn-v1")));
        var entities = document.RootElement.GetProperty("serves").EnumerateArray().ToList();

        Assert.Equal(["champion 90", "challenger 10"],
            entities.Select(entity => $"{entity.GetProperty("name")} {entity.GetProperty("traffic_percent")}"));
        Assert.Equal("DEPLOYMENT_READY", entities[0].GetProperty("deployment").GetString());
    }

    [Fact]
    public async Task A_misspelled_name_gets_a_hint() => Assert.Equal(
        "There is no endpoint 'churn'. Did you mean 'churn-v1'?", await Error("get_serving_endpoint", ("name", "churn")));

    [Fact]
    public async Task A_name_like_no_other_gets_another_hint() => Assert.Equal(
        "There is no endpoint 'zzz'. list_serving_endpoints shows those there are.", await Error("get_serving_endpoint", ("name", "zzz")));

    [Theory]
    [InlineData("get_serving_endpoint", "'name' is missing. The arguments: name.")]
    [InlineData("get_endpoint_schema", "'name' is missing. The arguments: name.")]
    public async Task A_missing_argument_is_told_to_the_model(string tool, string error) => Assert.Equal(error, await Error(tool));

    [Fact]
    public async Task A_schema_shows_columns_and_types()
    {
        var schema = await Call("get_endpoint_schema", ("name", "churn-v1"));

        Assert.Contains("\"champion\"", schema, StringComparison.Ordinal);
        Assert.Contains("tenure: ", schema, StringComparison.Ordinal);
        Assert.Contains("dataframe_split", schema, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_service_refuses_is_told_to_the_model() => Assert.Contains(
        "databricks-gte-large-en", await Error("get_endpoint_schema", ("name", "databricks-gte-large-en")), StringComparison.Ordinal);

    [Fact]
    public async Task Metrics_are_a_few_figures()
    {
        await _serving.PredictAsync("churn-v1", DatabricksPredictionInput.DataframeSplit(["tenure", "monthly_charges"], [[1, 2.0]]));

        using var document = JsonDocument.Parse(await Call("get_endpoint_metrics", ("name", "churn-v1")));

        Assert.Equal(1, document.RootElement.GetProperty("requests_last_minute").GetDouble());
        Assert.True(document.RootElement.GetProperty("latency_ms").GetProperty("median").GetDouble() > 0);
    }

    [Fact]
    public async Task Another_endpoint_can_be_asked()
    {
        _emulator.Endpoint("databricks-meta-llama-3-3-70b-instruct").Replies("Paris.");
        var tools = _serving.Directory.CreateTools(new() { AllowQueries = true });

        JsonText.AssertEqual(
            """{"answer":"Paris."}""",
            await Call(tools, "query_endpoint", ("name", "databricks-meta-llama-3-3-70b-instruct"),
                ("question", "The capital of France?")));
        Assert.Equal(1000, (int?)_emulator.Requests[^1].Json!["max_tokens"]);
    }

    [Fact]
    public async Task A_change_is_described_approved_and_made()
    {
        List<EndpointChange> asked = [];
        var tools = Everything((change, _) =>
        {
            asked.Add(change);
            return new(true);
        });
        using var shares = JsonDocument.Parse("""{"champion":50,"challenger":50}""");

        var result = await Call(tools, "set_endpoint_traffic", ("name", "churn-v1"), ("percentages", shares.RootElement));
        await Call(tools, "tag_serving_endpoint", ("name", "churn-v1"), ("key", "team"), ("value", "growth"));
        await Call(tools, "stop_serving_endpoint", ("name", "churn-v1"));
        await Call(tools, "start_serving_endpoint", ("name", "sleeper"));
        await Call(tools, "delete_serving_endpoint", ("name", "databricks-gte-large-en"));

        JsonText.AssertEqual(
            """{"done":true,"what":"Share the calls of endpoint 'churn-v1' out: 'champion' 50 %, 'challenger' 50 %."}""", result);
        Assert.Equal(
            [
                "Share the calls of endpoint 'churn-v1' out: 'champion' 50 %, 'challenger' 50 %.",
                "Tag endpoint 'churn-v1' with 'team' = 'growth'.",
                "Stop endpoint 'churn-v1'.",
                "Start endpoint 'sleeper'.",
                "Delete endpoint 'databricks-gte-large-en' for good.",
            ],
            asked.Select(change => change.Description));
        Assert.DoesNotContain(_emulator.Endpoints, endpoint => endpoint.Name == "databricks-gte-large-en");
        Assert.False(_emulator.Endpoint("churn-v1").IsReady);
    }

    [Fact]
    public async Task A_change_that_is_refused_is_not_made()
    {
        var tools = Everything((_, _) => new(false));

        JsonText.AssertEqual(
            """{"done":false,"note":"The user denied the change. Do not repeat it unless the user requests it."}""",
            await Call(tools, "delete_serving_endpoint", ("name", "churn-v1")));
        Assert.DoesNotContain(_emulator.Requests, request => request.Method == "DELETE");
    }

    [Fact]
    public async Task Shares_may_be_written_as_text()
    {
        var tools = Everything((_, _) => new(true));

        var result = await Call(
            tools, "set_endpoint_traffic", ("name", "churn-v1"), ("percentages", """{"champion":40,"challenger":60}"""));

        JsonText.AssertEqual(
            """{"done":true,"what":"Share the calls of endpoint 'churn-v1' out: 'champion' 40 %, 'challenger' 60 %."}""", result);
        Assert.Equal(
            "'percentages' must be an object, such as {\"champion\": 90, \"challenger\": 10}.",
            JsonDocument.Parse(await Call(tools, "set_endpoint_traffic", ("name", "churn-v1"), ("percentages", "half each")))
                .RootElement.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("""{"champion":50,"challenger":51}""", "'percentages' must be from 0 to 100 and sum to 100.")]
    [InlineData("""{"champion":2000000000,"challenger":2000000000}""", "'percentages' must be from 0 to 100 and sum to 100.")]
    [InlineData("""{"champion":50,"champion":50}""", "'percentages' names a served entity twice.")]
    [InlineData("""{"champion":"all"}""", "'percentages.champion' must be a whole number.")]
    [InlineData("[]", """'percentages' must be an object, such as {"champion": 90, "challenger": 10}.""")]
    public async Task Shares_that_make_no_sense_are_not_even_asked_about(string percentages, string error)
    {
        var tools = Everything((_, _) => throw new InvalidOperationException("No approval is expected."));
        using var shares = JsonDocument.Parse(percentages);

        using var result = JsonDocument.Parse(
            await Call(tools, "set_endpoint_traffic", ("name", "churn-v1"), ("percentages", shares.RootElement)));

        Assert.Equal(error, result.RootElement.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Environment_variables_and_log_ins_are_told_to_no_model()
    {
        var entity = ServedEntity.Model("main.ml.churn_v1", "1") with
        {
            Name = "champion",
            WorkloadSize = WorkloadSize.Small,
            ScaleToZero = true,
            EnvironmentVariables = new Dictionary<string, string> { ["KEY"] = "canary-secret" },
        };
        await _serving.GetManagementClient().UpdateConfigAsync("churn-v1", new EndpointConfig { ServedEntities = [entity] });

        Assert.DoesNotContain("canary", await Call("get_serving_endpoint", ("name", "churn-v1")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_passes()
    {
        var list = _serving.Directory.CreateTools()[0];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await list.InvokeAsync(new AIFunctionArguments(), new CancellationToken(canceled: true)));
    }

    private IReadOnlyList<AIFunction> Everything(Func<EndpointChange, CancellationToken, ValueTask<bool>> approve) =>
    [
        .. _serving.Directory.CreateTools(new() { AllowQueries = true }),
        .. _serving.GetManagementClient().CreateTools(new() { AllowChanges = true, ApproveChange = approve }),
    ];

    private IReadOnlyList<AIFunction> Tools() => [.. _serving.Directory.CreateTools(), .. _serving.GetManagementClient().CreateTools()];

    private Task<string> Call(string tool, params (string Name, object? Value)[] arguments) => Call(Tools(), tool, arguments);

    private static async Task<string> Call(IReadOnlyList<AIFunction> tools, string tool, params (string Name, object? Value)[] arguments) =>
        Assert.IsType<JsonElement>(await tools.Single(candidate => candidate.Name == tool)
            .InvokeAsync(new AIFunctionArguments(
                arguments.ToDictionary(argument => argument.Name, argument => argument.Value)))).GetRawText();

    private async Task<string?> Error(string tool, params (string Name, object? Value)[] arguments)
    {
        using var document = JsonDocument.Parse(await Call(tool, arguments));
        return document.RootElement.GetProperty("error").GetString();
    }
}
