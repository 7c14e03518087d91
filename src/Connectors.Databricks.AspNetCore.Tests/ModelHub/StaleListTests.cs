using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Connectors.Databricks.AspNetCore.Tests.ModelHub;

public class StaleListTests
{
    private static readonly EndpointProfile Chat = ModelHubApp.Endpoint("chat", "llm/v1/chat", "{}");

    [Fact]
    public async Task A_list_that_could_not_be_read_again_is_sent_with_its_age()
    {
        using var log = new FakeLoggerProvider();
        var failure = new DatabricksServingException("Listing the endpoints failed.", null, HttpStatusCode.ServiceUnavailable);
        await using var app = await ModelHubApp.StartAsync(
            new ScriptedDirectory().Returns(
                new EndpointDirectorySnapshot([Chat], DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(7), failure)),
            services: services => services.AddSingleton<ILoggerProvider>(log));

        for (var request = 0; request < 2; request++)
        {
            using var response = await app.Http.GetAsync(new Uri("/models/data/endpoints", UriKind.Relative));
            Assert.Equal(
                (HttpStatusCode.OK, TimeSpan.FromMinutes(7), "true"),
                (response.StatusCode, response.Headers.Age, response.Headers.GetValues("Model-Hub-Stale").Single()));
        }

        Assert.Single(log.Collector.GetSnapshot(), record => record.Message.Contains("420 s old", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Missing_parts_are_counted_and_their_reasons_logged()
    {
        using var log = new FakeLoggerProvider();
        await using var app = await ModelHubApp.StartAsync(
            new ScriptedDirectory().Returns(
                new EndpointDirectorySnapshot([Chat], DateTimeOffset.UnixEpoch) { Notes = ["No USE CATALOG."] }),
            services: services => services.AddSingleton<ILoggerProvider>(log));

        Assert.Equal(1, (int?)(await app.JsonAsync("/models/data/endpoints"))["gaps"]);
        Assert.Single(log.Collector.GetSnapshot(), record => record.Message.Contains("No USE CATALOG.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_workspace_that_was_never_read_is_an_error_without_its_message()
    {
        await using var app = await ModelHubApp.StartAsync(new ScriptedDirectory().Fails(
            new DatabricksServingException("https://hub.example.com is down", null, HttpStatusCode.ServiceUnavailable)));

        var (status, problem) = await app.GetAsync("/models/data/endpoints");

        Assert.Equal(503, status);
        Assert.DoesNotContain("example.com", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_directory_of_the_hub_has_the_options_of_the_hub()
    {
        var directory = new ScriptedDirectory().Lists(Chat);
        await using var app = await ModelHubApp.StartAsync(directory, options =>
        {
            options.RefreshInterval = TimeSpan.FromSeconds(5);
            options.ModelServiceSchemas = ["system.ai"];
        });
        _ = await app.TextAsync("/models/data/endpoints");

        Assert.Equal(TimeSpan.FromSeconds(5), directory.Options?.TimeToLive);
        Assert.Equal(["system.ai"], directory.Options?.ModelServiceSchemas);
    }

    [Fact]
    public async Task Details_of_one_endpoint_are_read_once_for_all_pages()
    {
        var directory = new ScriptedDirectory().Lists(Chat);
        await using var app = await ModelHubApp.StartAsync(directory);

        for (var page = 0; page < 3; page++)
        {
            _ = await app.JsonAsync("/models/data/endpoint?name=chat");
        }

        Assert.Equal(1, directory.ProfileReads);
    }
}
