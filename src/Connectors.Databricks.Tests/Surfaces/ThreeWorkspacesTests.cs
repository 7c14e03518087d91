using System.Text.Json;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Surfaces;

/// <summary>
/// One program, unchanged, in a classic workspace, in one that enforces Unity Gateway and in a sovereign cloud: chat, stream, tools,
/// structured output, embeddings and discovery, with a token that may read the workspace and with one that may neither list nor get.
/// </summary>
public sealed class ThreeWorkspacesTests : IAsyncDisposable
{
    private const string QueryOnly = "dapi-query-only";
    private const string ChatName = "databricks-claude-sonnet-4-5";
    private const string VectorName = "databricks-gte-large-en";

    private DatabricksEmulator? _emulator;

    public static TheoryData<EmulatedWorkspace> Workspaces => [.. Enum.GetValues<EmulatedWorkspace>()];

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Workspaces))]
    public async Task The_program_runs_everywhere(EmulatedWorkspace workspace)
    {
        var serving = await StartAsync(workspace);

        await RunAsync(serving, ChatName, VectorName);

        var isEnforced = workspace == EmulatedWorkspace.GatewayEnforced;
        Assert.Equal(isEnforced ? 2 : 0, Count(request => request.StatusCode == 403));
        Assert.Equal(isEnforced ? 2 : 0, Count(request => request.Path.StartsWith("/api/2.0/serving-endpoints", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Workspaces))]
    public async Task Later_calls_cost_no_further_request(EmulatedWorkspace workspace)
    {
        var serving = await StartAsync(workspace);
        await RunAsync(serving, ChatName, VectorName);
        var before = _emulator!.Requests.Count;

        await serving.GetChatClient(ChatName).GetResponseAsync("Hi");
        await Exchange.Collect(serving.GetChatClient(ChatName));
        await serving.GetEmbeddingGenerator(VectorName).GenerateAsync(["one"]);

        Assert.Equal(before + 3, _emulator.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Workspaces))]
    public async Task It_runs_with_the_names_that_discovery_lists(EmulatedWorkspace workspace)
    {
        var serving = await StartAsync(workspace);
        var listed = (await serving.Directory.GetAsync()).Profiles.Select(profile => profile.Name).ToList();

        Assert.Contains(ChatName, listed);
        await RunAsync(serving, listed.First(name => name == ChatName), listed.First(name => name == VectorName));
    }

    // What works without the workspace's data does: legacy names where they are served, and model services where there is a gateway.
    [Theory]
    [InlineData(EmulatedWorkspace.Classic, ChatName, VectorName)]
    [InlineData(EmulatedWorkspace.Classic, "system.ai.claude-sonnet-4-5", "system.ai.gte-large-en")]
    [InlineData(EmulatedWorkspace.GatewayEnforced, "system.ai.claude-sonnet-4-5", "system.ai.gte-large-en")]
    [InlineData(EmulatedWorkspace.Sovereign, ChatName, VectorName)]
    public async Task A_token_that_may_neither_list_nor_get_runs_it(EmulatedWorkspace workspace, string chat, string vectors) =>
        await RunAsync(await StartAsync(workspace, QueryOnly), chat, vectors);

    [Theory]
    [MemberData(nameof(Workspaces))]
    public async Task Discovery_lists_both_kinds_where_there_are_both(EmulatedWorkspace workspace)
    {
        var snapshot = await (await StartAsync(workspace)).Directory.GetAsync();

        Assert.Empty(snapshot.Notes);
        Assert.NotNull(snapshot.Find(ChatName));
        Assert.Equal(workspace != EmulatedWorkspace.Sovereign, snapshot.Find("system.ai.claude-sonnet-4-5") is not null);
        Assert.Equal(
            workspace == EmulatedWorkspace.Sovereign ? 0 : _emulator!.ModelServices.Count,
            snapshot.Where(new DirectoryFilter { IsModelService = true }).Count);
    }

    [Theory]
    [MemberData(nameof(Workspaces))]
    public async Task A_token_that_may_neither_list_nor_get_is_told_so_by_discovery(EmulatedWorkspace workspace)
    {
        var directory = (await StartAsync(workspace, QueryOnly)).Directory;

        var list = await Assert.ThrowsAsync<DatabricksServingException>(() => directory.GetAsync());
        var endpoint = await Assert.ThrowsAsync<DatabricksServingException>(() => directory.GetProfileAsync(ChatName));

        Assert.Contains("Listing the endpoints failed: 403", list.Message, StringComparison.Ordinal);
        Assert.Contains($"Getting endpoint '{ChatName}' failed: 403", endpoint.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EmulatedWorkspace.Classic, "system.ai.claude-sonnet-4-5")]
    [InlineData(EmulatedWorkspace.GatewayEnforced, "system.ai.claude-sonnet-4-5")]
    [InlineData(EmulatedWorkspace.Sovereign, ChatName)]
    public async Task Discovery_inspects_what_chat_is_sent_to(EmulatedWorkspace workspace, string expected)
    {
        var serving = await StartAsync(workspace);

        var profile = await serving.Directory.GetProfileAsync(expected);
        var response = await serving.GetChatClient(profile.Name).GetResponseAsync("Hi");

        Assert.Equal(expected, profile.Name);
        Assert.True(profile.Supports(ServingApi.ChatCompletions));
        Assert.NotEmpty(response.Text);
        Assert.All(_emulator!.Requests, request => Assert.Equal(200, request.StatusCode));
    }

    [Theory]
    [MemberData(nameof(Workspaces))]
    public async Task The_tools_of_a_token_that_may_neither_list_nor_get_return_the_reason(EmulatedWorkspace workspace)
    {
        var serving = await StartAsync(workspace, QueryOnly);
        var tools = serving.Directory.CreateTools().ToDictionary(tool => tool.Name);

        var list = await tools["list_serving_endpoints"].InvokeAsync();
        var endpoint = await tools["get_serving_endpoint"].InvokeAsync(new() { ["name"] = ChatName });

        Assert.Contains("403", $"{list}", StringComparison.Ordinal);
        Assert.Contains("403", $"{endpoint}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        EmulatedWorkspace.GatewayEnforced, ChatName,
        "Its model service could not be found, because neither the endpoint (403 PERMISSION_DENIED) nor the list of model services")]
    [InlineData(
        EmulatedWorkspace.Sovereign, "system.ai.claude-sonnet-4-5",
        "The workspace has no Unity Gateway, and its serving endpoints could not be listed (403 PERMISSION_DENIED).")]
    public async Task What_it_cannot_do_it_says(EmulatedWorkspace workspace, string name, string advice)
    {
        var serving = await StartAsync(workspace, QueryOnly);

        var chat = await Failure.Of(serving.GetChatClient(name));
        var stream = await Failure.OfStream(serving.GetChatClient(name));
        var vectors = await Assert.ThrowsAsync<DatabricksServingException>(() =>
            serving.GetEmbeddingGenerator(name).GenerateAsync(["one"]));

        Assert.All([chat, stream, vectors], failure => Assert.Contains(advice, failure.Message, StringComparison.Ordinal));
    }

    // The service system.ai.opus-4-8 routes to the registered model system.ai.claude-opus-4-8, which the legacy endpoint names.
    [Fact]
    public async Task In_a_sovereign_cloud_a_model_name_finds_its_endpoint()
    {
        var serving = await StartAsync(EmulatedWorkspace.Sovereign);

        var response = await serving.GetChatClient("system.ai.claude-opus-4-8").GetResponseAsync("Hi");

        Assert.Equal("sent to the serving endpoint 'databricks-claude-opus-4-8'", Assert.Single(response.GetRequestAdjustments()).Change);
    }

    [Fact]
    public async Task Requests_are_shaped_for_the_model_behind_a_service()
    {
        var serving = await StartAsync(EmulatedWorkspace.GatewayEnforced);
        _emulator!.AddModelService("main.prod.assistant", ChatName);
        var chat = serving.GetChatClient("main.prod.assistant", new DatabricksChatOptions { LookUpServedEntities = true });

        var response = await chat.GetResponseAsync("Hi", new ChatOptions { Seed = 7 });

        Assert.Contains("seed left out", response.GetRequestAdjustments().Select(adjustment => $"{adjustment.Field} {adjustment.Change}"));
        Assert.Equal([200, 200], _emulator.Requests.Select(request => request.StatusCode!.Value));
    }

    [Fact]
    public async Task A_bad_token_of_the_gateway_is_refreshed_once()
    {
        await StartAsync(EmulatedWorkspace.GatewayEnforced);
        var credential = new CountingCredential("dapi-old", _emulator!.Token);

        await new DatabricksServingClient(_emulator.Host, credential).GetChatClient("system.ai.claude-sonnet-4-5").GetResponseAsync("Hi");

        Assert.Equal(["dapi-old"], credential.Rejected);
        Assert.Equal([400, 200], _emulator.Requests.Select(request => request.StatusCode!.Value));
    }

    [Fact]
    public async Task An_output_cap_of_the_gateway_is_learned()
    {
        var serving = await StartAsync(EmulatedWorkspace.GatewayEnforced);
        _emulator!.ModelService("system.ai.claude-sonnet-4-5").Endpoint.CapsOutputTokensAt(25_000);
        var chat = serving.GetChatClient("system.ai.claude-sonnet-4-5");

        await chat.GetResponseAsync("Hi", new ChatOptions { MaxOutputTokens = 32_000 });
        await chat.GetResponseAsync("Hi", new ChatOptions { MaxOutputTokens = 32_000 });

        Assert.Equal([32_000, 25_000, 25_000], _emulator.Requests.Select(request => (int)request.Json!["max_tokens"]!));
    }

    private static async Task RunAsync(DatabricksServingClient serving, string chatName, string vectorName)
    {
        var chat = serving.GetChatClient(chatName);
        Assert.NotEmpty((await chat.GetResponseAsync("Hi")).Text);
        Assert.NotEmpty((await Exchange.Collect(chat)).ToChatResponse().Text);

        var tool = AIFunctionFactory.Create((string city) => $"Sunny in {city}", "get_weather", "Gets the weather.");
        var options = new ChatOptions { Tools = [tool] };
        List<ChatMessage> history = [new(ChatRole.User, "What is the weather in Utrecht?")];
        history.AddMessages(await chat.GetResponseAsync(history, options));
        var call = Assert.Single(history[^1].Contents.OfType<FunctionCallContent>());
        history.Add(new(ChatRole.Tool, [new FunctionResultContent(call.CallId, "Sunny")]));
        Assert.NotEmpty((await chat.GetResponseAsync(history, options)).Text);

        using var schema = JsonDocument.Parse("""{"type":"object","properties":{"mood":{"type":"string"}},"required":["mood"]}""");
        var structured = await chat.GetResponseAsync(
            "How are you?", new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema.RootElement, "mood") });
        using var answer = JsonDocument.Parse(structured.Text);
        Assert.Equal(JsonValueKind.String, answer.RootElement.GetProperty("mood").ValueKind);

        Assert.Equal(1024, (await serving.GetEmbeddingGenerator(vectorName).GenerateAsync(["one"]))[0].Vector.Length);
    }

    private async Task<DatabricksServingClient> StartAsync(EmulatedWorkspace workspace, string? token = null)
    {
        var options = new DatabricksEmulatorOptions { Workspace = workspace };
        options.Authentication.TokensThatOnlyQuery.Add(QueryOnly);
        _emulator = await DatabricksEmulator.StartAsync(options);
        return new DatabricksServingClient(_emulator.Host, DatabricksCredential.FromToken(token ?? _emulator.Token));
    }

    private int Count(Func<RecordedRequest, bool> predicate) => _emulator!.Requests.Count(predicate);
}
