using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Connectors.Databricks.AspNetCore.Tests.ModelHub;

/// <summary>Without a workspace or a credential, the hub shows the built-in table of models, labeled as such.</summary>
public class CapabilityTableTests
{
    private const string ModelHub = "/models/public/model_hub";

    [Fact]
    public async Task An_app_without_a_client_shows_the_table()
    {
        await using var app = await ModelHubApp.StartAsync(directory: null);
        using var response = await app.Http.GetAsync(new Uri(ModelHub, UriKind.Relative));
        var models = (await app.JsonAsync(ModelHub)).AsArray();

        Assert.Equal(["capability-table"], response.Headers.GetValues("Model-Hub-Source"));
        Assert.All(models, model => Assert.Equal("capability-table", (string?)model!["source"]));
        Assert.All(models, model => Assert.Null(model!["health_status"]));
        Assert.Contains("databricks/databricks-claude-sonnet-4-5", models.Select(model => (string?)model!["model_group"]));
        Assert.Equal("capability-table", (string?)(await app.JsonAsync("/models/data/endpoints"))["source"]);
    }

    [Theory]
    [InlineData(DatabricksCredentialFailure.NoHost)]
    [InlineData(DatabricksCredentialFailure.NoCredentials)]
    public async Task A_client_without_a_credential_shows_the_table_and_warns(DatabricksCredentialFailure failure)
    {
        using var log = new FakeLoggerProvider();
        await using var app = await ModelHubApp.StartAsync(
            new ScriptedDirectory().Fails(new DatabricksCredentialException("none") { Failure = failure }),
            services: services => services.AddSingleton<ILoggerProvider>(log));

        Assert.NotEmpty((await app.JsonAsync(ModelHub)).AsArray());
        Assert.Contains(log.Collector.GetSnapshot(), record => record.Message.Contains($"({failure})", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_credential_is_not_searched_for_each_request_and_is_found_later()
    {
        var clock = new FakeTimeProvider();
        var directory = new ScriptedDirectory().Fails(
            new DatabricksCredentialException { Failure = DatabricksCredentialFailure.NoCredentials });
        await using var app = await ModelHubApp.StartAsync(directory, services: services => services.AddSingleton<TimeProvider>(clock));
        _ = await app.JsonAsync(ModelHub);
        directory.Lists(ModelHubApp.Endpoint("new", "llm/v1/chat", "{}"));

        Assert.NotEqual("databricks/new", (string?)(await app.JsonAsync(ModelHub))[0]!["model_group"]);
        Assert.Equal(1, directory.Reads);

        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("databricks/new", (string?)(await app.JsonAsync(ModelHub))[0]!["model_group"]);
    }

    [Fact]
    public async Task A_credential_that_is_rejected_is_an_error()
    {
        await using var app = await ModelHubApp.StartAsync(new ScriptedDirectory().Fails(
            new DatabricksCredentialException("host.example.com said no") { Failure = DatabricksCredentialFailure.ProviderFailed }));

        var (status, problem) = await app.GetAsync(ModelHub);

        Assert.Equal((502, "upstream_error"), (status, (string?)problem["code"]));
        Assert.DoesNotContain("example.com", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_of_the_table_have_details_and_no_state()
    {
        await using var app = await ModelHubApp.StartAsync(directory: null);

        var details = await app.JsonAsync("/models/data/endpoint?name=databricks-claude-sonnet-4-5");

        Assert.Equal(("unknown", "chat"), ((string?)details["state"], (string?)details["mode"]));
        Assert.Equal(404, (await app.GetAsync("/models/data/metrics?name=databricks-claude-sonnet-4-5")).Status);
    }
}
