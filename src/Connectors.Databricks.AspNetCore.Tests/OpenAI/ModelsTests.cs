using System.Net;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.AspNetCore.Tests.OpenAI;

public class ModelsTests
{
    private static async Task<string[]> ModelsAsync(OpenAIApp app) =>
        [.. JsonNode.Parse(await app.Http.GetStringAsync("/v1/models"))!["data"]!.AsArray().Select(model => (string)model!["id"]!)];

    [Fact]
    public async Task Models_are_the_endpoints_that_the_app_allows()
    {
        await using var app = await OpenAIApp.StartAsync(options =>
            options.Endpoints.UnionWith(["task-agent", "databricks-gte-large-en", "churn-v1", "no-such-endpoint"]));

        Assert.Equal(["databricks-gte-large-en", "task-agent"], await ModelsAsync(app));
    }

    [Fact]
    public async Task Models_are_all_endpoints_with_a_route_when_the_app_allows_any()
    {
        await using var app = await OpenAIApp.StartAsync();
        var models = await ModelsAsync(app);

        Assert.Contains("databricks-claude-sonnet-4-5", models);
        Assert.Contains("support-agent", models);
        Assert.DoesNotContain("churn-v1", models);
    }

    [Fact]
    public async Task One_model_is_described_without_its_creator()
    {
        await using var app = await OpenAIApp.StartAsync();

        Assert.Equal(
            """{"id":"task-agent","object":"model","created":0,"owned_by":"databricks"}""",
            ReplyText.Stable(await app.Http.GetStringAsync("/v1/models/task-agent")));
    }

    [Theory, InlineData("no-such-endpoint"), InlineData("task-agent")]
    public async Task A_model_that_is_not_allowed_does_not_exist(string name)
    {
        await using var app = await OpenAIApp.StartAsync(options => options.Endpoints.Add("support-agent"));
        using var response = await app.Http.GetAsync(new Uri($"/v1/models/{name}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("model_not_found", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["code"]);
    }

    [Fact]
    public async Task A_credential_that_may_not_list_has_the_allow_list()
    {
        var options = new DatabricksEmulatorOptions();
        options.Authentication.TokensThatOnlyQuery.Add("query-only");
        await using var app = await OpenAIApp.StartAsync(
            options => options.Endpoints.Add("task-agent"), options: options,
            serving: serving => serving.Credential = DatabricksCredential.FromToken("query-only"));

        Assert.Equal(["task-agent"], await ModelsAsync(app));
    }
}
