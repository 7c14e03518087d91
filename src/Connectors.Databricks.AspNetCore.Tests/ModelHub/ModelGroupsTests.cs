using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.AspNetCore.Tests.ModelHub;

/// <summary>LiteLLM's <c>/public/model_hub</c>.</summary>
public class ModelGroupsTests
{
    private const string Route = "/models/public/model_hub?provider=databricks";

    private static readonly EndpointProfile Claude = ModelHubApp.Endpoint(
        "databricks-claude-sonnet-4-5", "llm/v1/chat", """{"foundation_model":{"name":"system.ai.claude-sonnet-4-5"}}""");

    [Fact]
    public async Task Language_models_are_written_as_LiteLLM_writes_them()
    {
        var service = DatabricksModelFactory.EndpointProfile(
            """
            {"name":"model-services/main.ai.chat","supported_api_types":["mlflow/v1/chat/completions"],
             "config":{"routing":{"destinations":[]}}}
            """);
        await using var app = await ModelHubApp.StartAsync(new ScriptedDirectory().Lists(
            service,
            Claude,
            ModelHubApp.Endpoint(
                "databricks-gte-large-en", "llm/v1/embeddings", """{"foundation_model":{"name":"system.ai.gte-large-en"}}"""),
            ModelHubApp.Endpoint("helper", "agent/v2/chat", """{"entity_name":"main.agents.helper","entity_version":"3"}"""),
            ModelHubApp.Endpoint("churn", null, """{"entity_name":"main.ml.churn","entity_version":"7"}"""),
            ModelHubApp.Endpoint("features", null, """{"entity_name":"main.features.customer"}"""),
            ModelHubApp.Endpoint("strange", "agent/v9/dance", """{"entity_name":"main.ml.a","entity_version":"7"}""")));

        JsonText.AssertEqual(
            """
            [
              {"model_group":"databricks/main.ai.chat","providers":["databricks"],"mode":"chat",
               "supports_function_calling":false,"supports_parallel_function_calling":false,"supports_vision":false,"supports_reasoning":false,
               "is_public_model_group":true,"health_status":"unhealthy","health_checked_at":"1970-01-01T00:00:00+00:00","source":"workspace"},
              {"model_group":"databricks/databricks-claude-sonnet-4-5","providers":["databricks"],"mode":"chat","max_input_tokens":200000,
               "supports_function_calling":true,"supports_parallel_function_calling":true,"supports_vision":true,"supports_reasoning":true,
               "is_public_model_group":true,"health_status":"healthy","health_checked_at":"1970-01-01T00:00:00+00:00","source":"workspace"},
              {"model_group":"databricks/databricks-gte-large-en","providers":["databricks"],"mode":"embedding","max_input_tokens":8192,
               "supports_function_calling":false,"supports_parallel_function_calling":false,"supports_vision":false,"supports_reasoning":false,
               "is_public_model_group":true,"health_status":"healthy","health_checked_at":"1970-01-01T00:00:00+00:00","source":"workspace"},
              {"model_group":"databricks/helper","providers":["databricks"],"mode":"chat",
               "supports_function_calling":false,"supports_parallel_function_calling":false,"supports_vision":false,"supports_reasoning":false,
               "is_public_model_group":true,"health_status":"healthy","health_checked_at":"1970-01-01T00:00:00+00:00","source":"workspace"}
            ]
            """,
            await app.TextAsync(Route));
    }

    [Fact]
    public async Task Costs_come_from_the_price_table_of_the_app_alone()
    {
        await using var app = await ModelHubApp.StartAsync(
            new ScriptedDirectory().Lists(
                Claude,
                ModelHubApp.Endpoint("prod", "llm/v1/chat", """{"foundation_model":{"name":"system.ai.claude-sonnet-4-5"}}"""),
                ModelHubApp.Endpoint("other", "llm/v1/chat", """{"foundation_model":{"name":"system.ai.gpt-oss-120b"}}""")),
            options =>
            {
                options.Prices["claude-sonnet-4-5"] = new() { InputCostPerToken = 0.000003m, OutputCostPerToken = 0.000015m };
                options.Prices["prod"] = new() { InputCostPerToken = 0.000001m };
            });

        var costs = (await app.JsonAsync(Route)).AsArray().Select(model =>
            ((decimal?)model!["input_cost_per_token"], (decimal?)model["output_cost_per_token"]));

        Assert.Equal([(0.000003m, 0.000015m), (0.000001m, null), (null, null)], costs);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("?provider=databricks", 1)]
    [InlineData("?provider=Databricks", 1)]
    [InlineData("?provider=openai", 0)]
    public async Task Other_providers_have_no_models(string query, int count)
    {
        await using var app = await ModelHubApp.StartAsync(new ScriptedDirectory().Lists(Claude));

        Assert.Equal(count, (await app.JsonAsync($"/models/public/model_hub{query}")).AsArray().Count);
    }

    [Fact]
    public async Task The_filter_of_the_app_applies_to_every_route()
    {
        await using var app = await ModelHubApp.StartAsync(
            new ScriptedDirectory().Lists(Claude, ModelHubApp.Endpoint("secret-project", "llm/v1/chat", "{}")),
            options => options.Filter = profile => profile.Name.StartsWith("databricks-", StringComparison.Ordinal));

        string[] documents =
        [
            await app.TextAsync(Route), await app.TextAsync("/models/public/databricks/serving_endpoints"),
            await app.TextAsync("/models/data/endpoints"),
        ];

        Assert.All(documents, document => Assert.DoesNotContain("secret-project", document, StringComparison.Ordinal));
        Assert.Equal(404, (await app.GetAsync("/models/data/endpoint?name=secret-project")).Status);
    }

    [Fact]
    public async Task The_emulated_workspace_has_endpoints_and_model_services_in_one_list()
    {
        await using var app = await ModelHubApp.StartAsync();

        var names = (await app.JsonAsync(Route)).AsArray().Select(model => (string)model!["model_group"]!).ToList();

        Assert.Contains("databricks/system.ai.claude-sonnet-4-5", names);
        Assert.Contains("databricks/databricks-claude-sonnet-4-5", names);
    }

    [Fact]
    public async Task A_list_that_did_not_change_is_not_sent_again()
    {
        await using var app = await ModelHubApp.StartAsync(new ScriptedDirectory().Lists(Claude));
        using var first = await app.Http.GetAsync(new Uri(Route, UriKind.Relative));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Route, UriKind.Relative));
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await app.Http.SendAsync(request);

        Assert.Equal(System.Net.HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }
}
