using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.AspNetCore.Tests.ModelHub;

/// <summary>LiteLLM's <c>/public/databricks/serving_endpoints</c>.</summary>
public class ServingEndpointsTests
{
    private const string Route = "/models/public/databricks/serving_endpoints";

    private static readonly ScriptedDirectory Workspace = new ScriptedDirectory().Lists(
        DatabricksModelFactory.EndpointProfile(
            """
            {"name":"model-services/main.ai.chat","effective_owner":"team","create_time":"2026-01-02T03:04:05Z",
             "supported_api_types":["mlflow/v1/chat/completions"],
             "config":{"routing":{"destinations":[{"name":"a","traffic_percentage":100,"pay_per_token_config":{"model":"models/system.ai.x"}}]}}}
            """),
        DatabricksModelFactory.EndpointProfile(
            """
            {"name":"gpt","creator":"user@company.com","creation_timestamp":1234567890000,"last_updated_timestamp":1234567891000,
             "state":{"ready":"READY","config_update":"NOT_UPDATING"},"task":"llm/v1/chat",
             "config":{"served_entities":[
               {"name":"gpt-4o","entity_version":"1","environment_vars":{"KEY":"secret-of-env"},
                "external_model":{"provider":"openai","name":"gpt-4o","task":"llm/v1/chat",
                  "openai_config":{"openai_api_key":"{{secrets/a/b}}","openai_api_key_plaintext":"secret-of-openai"}}}]}}
            """));

    [Fact]
    public async Task Endpoints_are_written_as_LiteLLM_writes_them_without_secrets()
    {
        await using var app = await ModelHubApp.StartAsync(Workspace);

        JsonText.AssertEqual(
            """
            {"endpoints":[
               {"name":"main.ai.chat","creator":"team","creation_timestamp":1767323045000,"state":"READY","task":"llm/v1/chat",
                "config":{"served_models":[],
                  "served_entities":[{"name":"a","traffic_percentage":100,"pay_per_token_config":{"model":"models/system.ai.x"}}]},
                "endpoint_url":"https://hub.example.com/ai-gateway/mlflow/v1/chat/completions"},
               {"name":"gpt","creator":"user@company.com","creation_timestamp":1234567890000,"last_updated_timestamp":1234567891000,
                "state":"READY","task":"llm/v1/chat",
                "config":{"served_models":[],
                  "served_entities":[{"name":"gpt-4o","entity_version":"1",
                    "external_model":{"provider":"openai","name":"gpt-4o","task":"llm/v1/chat"}}]},
                "endpoint_url":"https://hub.example.com/serving-endpoints/gpt"}],
             "workspace_url":"https://hub.example.com"}
            """,
            await app.TextAsync(Route));
    }

    [Fact]
    public async Task Creators_are_left_out_when_the_app_turns_them_off()
    {
        await using var app = await ModelHubApp.StartAsync(Workspace, options => options.IncludeCreators = false);

        Assert.DoesNotContain("user@company.com", await app.TextAsync(Route), StringComparison.Ordinal);
        Assert.DoesNotContain("user@company.com", await app.TextAsync("/models/data/endpoints"), StringComparison.Ordinal);
        Assert.DoesNotContain("user@company.com", await app.TextAsync("/models/data/endpoint?name=gpt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_workspace_there_are_no_endpoints()
    {
        await using var app = await ModelHubApp.StartAsync(directory: null);

        var (status, problem) = await app.GetAsync(Route);

        Assert.Equal((503, "workspace_not_configured"), (status, (string?)problem["code"]));
    }
}
