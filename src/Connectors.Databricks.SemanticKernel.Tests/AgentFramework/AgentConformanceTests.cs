using System.ComponentModel;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.SemanticKernel.Tests.Docs.Code;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Tests.AgentFramework;

/// <summary>
/// What the Agent Framework expects of a chat client, for every API and every kind of agent: runs, streams, stored sessions, and for
/// models structured output and tools.
/// </summary>
public sealed class AgentConformanceTests : IAsyncLifetime
{
    private const string AppName = "my-agent";

    private DatabricksEmulator _emulator = null!;

    public static TheoryData<string> Models =>
    [
        "gateway, chat completions", "gateway, Responses", "endpoint, chat completions", "endpoint, Responses",
    ];

    public static TheoryData<string> All =>
    [
        "gateway, chat completions", "gateway, Responses", "endpoint, chat completions", "endpoint, Responses", "ChatAgent",
        "ResponsesAgent", "app, LongRunningAgentServer", "app, Invocation API",
    ];

    public async Task InitializeAsync() => _emulator = await DatabricksEmulator.StartAsync();

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_run_has_a_response(string kind)
    {
        var agent = await AgentAsync(kind);

        var response = await agent.RunAsync("Say 'ready'");

        Assert.NotEmpty(response.Text);
        Assert.Equal(ChatRole.Assistant, response.Messages[^1].Role);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_stream_has_the_text_of_the_response(string kind)
    {
        var agent = await AgentAsync(kind);
        List<AgentResponseUpdate> updates = [];

        await foreach (var update in agent.RunStreamingAsync("Count to 5"))
        {
            updates.Add(update);
        }

        Assert.NotEmpty(updates.ToAgentResponse().Text);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_session_continues_after_it_was_stored(string kind)
    {
        var agent = await AgentAsync(kind);
        var session = await agent.CreateSessionAsync();

        await agent.RunAsync("My name is Ada.", session);
        var stored = await agent.SerializeSessionAsync(session);
        var later = await AgentAsync(kind);
        var response = await later.RunAsync("What is my name?", await later.DeserializeSessionAsync(stored));

        Assert.Contains("Ada", response.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Structured_output_is_typed(string kind)
    {
        var agent = await AgentAsync(kind);

        var response = await agent.RunAsync<Ticket>("The customer is Grace. Quantity: 3.");

        Assert.Equal(3, response.Result.Quantity);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Tools_are_called_and_their_results_used(string kind)
    {
        List<string> cities = [];
        var agent = await AgentAsync(kind, AIFunctionFactory.Create(GetWeather, "get_weather"));

        var response = await agent.RunAsync("What is the weather in the city Utrecht?");
        var streamed = await agent.RunStreamingAsync("What is the weather in the city Bonn?").ToAgentResponseAsync();

        Assert.Equal(["Utrecht", "Bonn"], cities);
        Assert.Contains("21 degrees", response.Text, StringComparison.Ordinal);
        Assert.Contains("21 degrees", streamed.Text, StringComparison.Ordinal);

        [Description("Gets the weather in a city.")]
        string GetWeather([Description("The city.")] string city)
        {
            cities.Add(city);
            return $"Sunny in {city}, 21 degrees.";
        }
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_tool_that_requires_approval_runs_when_it_was_approved(bool isApproved, int calls)
    {
        var serving = new DatabricksServingClient(_emulator.Host, DatabricksCredential.FromToken(_emulator.Token));
        List<string> cities = [];
        var asked = 0;

        var response = await AgentFrameworkCode.ApprovalAsync(serving, BookTrain, _ => ++asked > 0 && isApproved);

        Assert.Equal((1, calls), (asked, cities.Count));
        Assert.NotEmpty(response.Text);

        [Description("Books the train to a city.")]
        string BookTrain([Description("The city.")] string city)
        {
            cities.Add(city);
            return $"The train to {city} is booked.";
        }
    }

    private async Task<ChatClientAgent> AgentAsync(string kind, params IList<AITool> tools) =>
        (await ClientAsync(kind)).AsAIAgent(tools: tools.Count > 0 ? tools : null);

    private async Task<IChatClient> ClientAsync(string kind)
    {
        var principal = _emulator.OAuth.AddServicePrincipal("agent-user", "dose-agent-user");
        var serving = new DatabricksServingClient(
            _emulator.Host, new DatabricksServicePrincipalCredential(_emulator.Host, principal.ClientId, "dose-agent-user"));
        var responses = new DatabricksChatOptions { Api = DatabricksChatApi.Responses };
        var completions = new DatabricksChatOptions { Api = DatabricksChatApi.ChatCompletions };
        return kind switch
        {
            "gateway, chat completions" => serving.GetChatClient("system.ai.claude-sonnet-4-5", completions),
            "gateway, Responses" => serving.GetChatClient("system.ai.claude-sonnet-4-5", responses),
            "endpoint, chat completions" => serving.GetChatClient("databricks-gpt-5-2", completions),
            "endpoint, Responses" => serving.GetChatClient("databricks-gpt-5-2", responses),
            "ChatAgent" => serving.GetAgentClient("support-agent"),
            "ResponsesAgent" => serving.GetAgentClient("task-agent"),
            "app, LongRunningAgentServer" => await AppAsync(serving, EmulatedAgentServer.LongRunning),
            "app, Invocation API" => await AppAsync(serving, EmulatedAgentServer.Invocations),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    private async Task<IChatClient> AppAsync(DatabricksServingClient serving, EmulatedAgentServer server)
    {
        if (_emulator.Apps.All(app => app.Name != AppName))
        {
            await _emulator.AddAppAsync(AppName, server);
        }

        return serving.GetAgentClient($"apps/{AppName}");
    }

    private sealed record Ticket(string Customer, int Quantity);
}
