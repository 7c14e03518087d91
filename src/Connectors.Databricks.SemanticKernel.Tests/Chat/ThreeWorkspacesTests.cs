using System.Text.Json;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Chat;

/// <summary>
/// One program of Semantic Kernel, unchanged, in each kind of workspace: chat, stream, functions, structured output, embeddings and
/// discovery, with a token that may read the workspace and with one that may neither list nor get.
/// </summary>
public class ThreeWorkspacesTests
{
    private const string QueryOnly = "dapi-query-only";
    private const string Endpoint = "databricks-claude-sonnet-4-5";
    private const string VectorEndpoint = "databricks-gte-large-en";
    private const string Service = "system.ai.claude-sonnet-4-5";
    private const string VectorService = "system.ai.gte-large-en";

    public static TheoryData<EmulatedWorkspace> Workspaces => [.. Enum.GetValues<EmulatedWorkspace>()];

    [Theory]
    [MemberData(nameof(Workspaces))]
    public async Task The_program_runs_everywhere(EmulatedWorkspace workspace)
    {
        await using var emulator = await StartAsync(workspace);

        await RunAsync(emulator, emulator.Token, Endpoint, VectorEndpoint);

        Assert.Equal(
            workspace == EmulatedWorkspace.GatewayEnforced,
            emulator.Requests.Any(request => request.StatusCode == 403));
    }

    [Theory]
    [InlineData(EmulatedWorkspace.Classic, Endpoint, VectorEndpoint)]
    [InlineData(EmulatedWorkspace.Classic, Service, VectorService)]
    [InlineData(EmulatedWorkspace.GatewayEnforced, Service, VectorService)]
    [InlineData(EmulatedWorkspace.Sovereign, Endpoint, VectorEndpoint)]
    public async Task A_token_that_may_neither_list_nor_get_runs_it(EmulatedWorkspace workspace, string chat, string vectors)
    {
        await using var emulator = await StartAsync(workspace);

        await RunAsync(emulator, QueryOnly, chat, vectors);

        Assert.All(emulator.Requests, request => Assert.Equal(200, request.StatusCode));
    }

    [Theory]
    [InlineData(EmulatedWorkspace.GatewayEnforced, Endpoint, "Its model service could not be found, because neither the endpoint")]
    [InlineData(EmulatedWorkspace.Sovereign, Service, "its serving endpoints could not be listed (403 PERMISSION_DENIED)")]
    public async Task What_that_token_cannot_do_fails_with_the_reason(EmulatedWorkspace workspace, string name, string reason)
    {
        await using var emulator = await StartAsync(workspace);
        var chat = Kernel.CreateBuilder().AddDatabricksChatCompletion(name, emulator.Host, QueryOnly).Build()
            .GetRequiredService<IChatCompletionService>();

        var failure = await Assert.ThrowsAsync<HttpOperationException>(() => chat.GetChatMessageContentAsync("Hi"));
        var inStream = await Assert.ThrowsAsync<HttpOperationException>(async () =>
        {
            await foreach (var _ in chat.GetStreamingChatMessageContentsAsync("Hi"))
            {
            }
        });

        Assert.All([failure, inStream], one => Assert.Contains(reason, one.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(EmulatedWorkspace.Classic, Service, Service)]
    [InlineData(EmulatedWorkspace.Classic, Endpoint, Endpoint)]
    [InlineData(EmulatedWorkspace.GatewayEnforced, Service, Service)]
    [InlineData(EmulatedWorkspace.GatewayEnforced, Endpoint, Endpoint)]
    [InlineData(EmulatedWorkspace.Sovereign, "system.ai.claude-opus-4-8", "databricks-claude-opus-4-8")]
    [InlineData(EmulatedWorkspace.Sovereign, Endpoint, Endpoint)]
    public async Task The_plugin_inspects_both_kinds(EmulatedWorkspace workspace, string name, string found)
    {
        await using var emulator = await StartAsync(workspace);
        var kernel = new Kernel();
        var plugin = kernel.ImportDatabricksEndpoints(client: Client(emulator, emulator.Token));

        var result = await plugin["get_serving_endpoint"].InvokeAsync(kernel, new() { ["name"] = name });

        Assert.Equal(found, result.GetValue<JsonElement>().GetProperty("name").GetString());
    }

    [Theory]
    [InlineData(EmulatedWorkspace.Classic, Endpoint)]
    [InlineData(EmulatedWorkspace.GatewayEnforced, Service)]
    [InlineData(EmulatedWorkspace.Sovereign, Endpoint)]
    public async Task The_plugin_of_a_token_that_may_not_get_returns_the_reason(EmulatedWorkspace workspace, string name)
    {
        await using var emulator = await StartAsync(workspace);
        var kernel = new Kernel();
        var plugin = kernel.ImportDatabricksEndpoints(client: Client(emulator, QueryOnly));

        var result = await plugin["get_serving_endpoint"].InvokeAsync(kernel, new() { ["name"] = name });

        Assert.Contains($"'{name}' failed: 403", result.GetValue<JsonElement>().GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Workspaces))]
    public async Task The_plugin_lists_model_services_where_there_are_some(EmulatedWorkspace workspace)
    {
        await using var emulator = await StartAsync(workspace);
        var kernel = new Kernel();
        var plugin = kernel.ImportDatabricksEndpoints(client: Client(emulator, emulator.Token));

        var result = await plugin["list_serving_endpoints"].InvokeAsync(kernel, new() { ["name_contains"] = "claude-sonnet-4-5" });

        Assert.Equal(
            workspace != EmulatedWorkspace.Sovereign, $"{result}".Contains("\"system.ai.claude-sonnet-4-5\"", StringComparison.Ordinal));
        Assert.Contains("\"databricks-claude-sonnet-4-5\"", $"{result}", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Workspaces))]
    public async Task The_plugin_of_a_token_that_may_not_list_returns_the_reason(EmulatedWorkspace workspace)
    {
        await using var emulator = await StartAsync(workspace);
        var kernel = new Kernel();

        var result = await kernel.ImportDatabricksEndpoints(client: Client(emulator, QueryOnly))["list_serving_endpoints"]
            .InvokeAsync(kernel);

        Assert.Contains("Listing the endpoints failed: 403", $"{result}", StringComparison.Ordinal);
    }

    private static async Task RunAsync(DatabricksEmulator emulator, string token, string chatName, string vectorName)
    {
        var kernel = Kernel.CreateBuilder()
            .AddDatabricksChatCompletion(chatName, emulator.Host, token)
            .AddDatabricksEmbeddingGenerator(vectorName, emulator.Host, token)
            .Build();
        var city = new CityPlugin();
        kernel.Plugins.AddFromObject(city, "City");
        var chat = kernel.GetRequiredService<IChatCompletionService>();

        var message = await chat.GetChatMessageContentAsync("Hi");
        var streamed = await kernel.InvokePromptStreamingAsync<string>("Hi").AggregateAsync("", (text, part) => text + part);
        var answer = await kernel.InvokePromptAsync(
            "What is the weather in Utrecht?", new(new PromptExecutionSettings
            {
                FunctionChoiceBehavior = FunctionChoiceBehavior.Auto([kernel.Plugins["City"]["Weather"]]),
            }));
        var structured = await kernel.InvokePromptAsync(
            "How are you?", new(new DatabricksPromptExecutionSettings { ResponseFormat = typeof(Mood) }));
        var vectors = await kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["one"]);

        Assert.NotEmpty(message.Content!);
        Assert.NotEmpty(streamed);
        Assert.NotEmpty(answer.ToString());
        Assert.Single(city.Calls);
        Assert.NotNull(JsonSerializer.Deserialize<Mood>($"{structured}", JsonSerializerOptions.Web)?.Name);
        Assert.Equal(1024, vectors[0].Vector.Length);
    }

    private static Task<DatabricksEmulator> StartAsync(EmulatedWorkspace workspace)
    {
        var options = new DatabricksEmulatorOptions { Workspace = workspace };
        options.Authentication.TokensThatOnlyQuery.Add(QueryOnly);
        return DatabricksEmulator.StartAsync(options);
    }

    private static DatabricksServingClient Client(DatabricksEmulator emulator, string token) =>
        new(emulator.Host, DatabricksCredential.FromToken(token));

    private sealed record Mood(string Name);
}
