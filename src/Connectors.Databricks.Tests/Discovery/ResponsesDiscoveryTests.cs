using System.Text.Json;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Discovery;

/// <summary>Discovery reports the API of endpoints and model services, and what it lists is called without further options.</summary>
public sealed class ResponsesDiscoveryTests : IAsyncLifetime
{
    private DatabricksEmulator _emulator = null!;
    private DatabricksServingClient _serving = null!;

    public async Task InitializeAsync()
    {
        _emulator = await DatabricksEmulator.StartAsync();
        _emulator.AddAgentEndpoint("chat-agent");
        _serving = new(
            new DatabricksServingOptions
            {
                Host = _emulator.Host,
                Credential = DatabricksCredential.FromToken(_emulator.Token),
                Resilience = { Retry = null },
            },
            new IsolatedPlatform(TimeProvider.System));
    }

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Theory]
    [InlineData("task-agent", false, true, "responses")]
    [InlineData("chat-agent", true, false, "chat")]
    [InlineData("system.ai.gpt-5-2", true, true, "chat")]
    [InlineData("databricks-gpt-5-2", true, true, "chat")]
    public async Task A_profile_has_the_APIs_and_the_mode(string name, bool hasChat, bool hasResponses, string mode)
    {
        var listed = (await _serving.Directory.GetAsync()).Profiles.Single(profile => profile.Name == name);
        var read = await _serving.Directory.GetProfileAsync(name);

        Assert.All([listed, read], profile => Assert.Equal(
            (hasChat, hasResponses, mode),
            (profile.Supports(ServingApi.ChatCompletions), profile.Supports(ServingApi.Responses), profile.Mode.Value.Value)));
    }

    [Fact]
    public async Task A_filter_finds_the_agents_of_the_Responses_API()
    {
        var snapshot = await _serving.Directory.GetAsync();

        var found = snapshot.Where(new DirectoryFilter { Api = ServingApi.Responses });

        Assert.Contains(found, profile => profile.Name == "task-agent");
        Assert.DoesNotContain(found, profile => profile.Name == "chat-agent");
    }

    [Fact]
    public async Task Tools_report_the_API_and_query_an_agent_with_it()
    {
        var tools = _serving.Directory.CreateTools(new EndpointToolOptions { AllowQueries = true });

        var listed = await CallAsync("list_serving_endpoints", new() { ["api"] = "responses" });
        var agent = await CallAsync("get_serving_endpoint", new() { ["name"] = "task-agent" });
        var answer = await CallAsync("query_endpoint", new() { ["name"] = "task-agent", ["question"] = "Say 'ok'" });

        Assert.Contains("\"task-agent\"", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("\"chat-agent\"", listed, StringComparison.Ordinal);
        Assert.Equal(
            "mlflow/v1/responses", JsonDocument.Parse(agent).RootElement.GetProperty("api_types").EnumerateArray().Single().GetString());
        Assert.Contains("ok", answer, StringComparison.Ordinal);

        async Task<string> CallAsync(string name, AIFunctionArguments arguments) =>
            (await tools.Single(tool => tool.Name == name).InvokeAsync(arguments))!.ToString()!;
    }

    [Fact]
    public async Task Each_chat_that_is_listed_is_called_by_its_name_alone()
    {
        var snapshot = await _serving.Directory.GetAsync();
        string[] names =
        [
            .. snapshot.Profiles.Where(profile =>
                    profile.IsReady && (profile.Supports(ServingApi.ChatCompletions) || profile.Supports(ServingApi.Responses)))
                .Select(profile => profile.Name),
        ];

        foreach (var name in names)
        {
            Assert.Equal("ok", (await _serving.GetChatClient(name).GetResponseAsync("Say 'ok'")).Text);
        }

        Assert.True(names.Length > 20);
    }
}
