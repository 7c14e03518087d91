using Connectors.Databricks.Emulator;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Chat;

/// <summary>One program of Semantic Kernel, unchanged, in each kind of workspace: chat, stream, functions and embeddings.</summary>
public class ThreeWorkspacesTests
{
    public static TheoryData<EmulatedWorkspace> Workspaces => [.. Enum.GetValues<EmulatedWorkspace>()];

    [Theory]
    [MemberData(nameof(Workspaces))]
    public async Task The_program_runs_everywhere(EmulatedWorkspace workspace)
    {
        await using var emulator = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions { Workspace = workspace });
        var kernel = Kernel.CreateBuilder()
            .AddDatabricksChatCompletion("databricks-claude-sonnet-4-5", emulator.Host, emulator.Token)
            .AddDatabricksEmbeddingGenerator("databricks-gte-large-en", emulator.Host, emulator.Token)
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
        var vectors = await kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["one"]);

        Assert.NotEmpty(message.Content!);
        Assert.NotEmpty(streamed);
        Assert.NotEmpty(answer.ToString());
        Assert.Single(city.Calls);
        Assert.Equal(1024, vectors[0].Vector.Length);
        Assert.Equal(
            workspace == EmulatedWorkspace.GatewayEnforced,
            emulator.Requests.Any(request => request.StatusCode == 403));
    }

    [Theory]
    [MemberData(nameof(Workspaces))]
    public async Task The_plugin_lists_model_services_where_there_are_some(EmulatedWorkspace workspace)
    {
        await using var emulator = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions { Workspace = workspace });
        var client = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token));
        var kernel = new Kernel();
        var plugin = kernel.ImportDatabricksEndpoints(client: client);

        var result = await plugin["list_serving_endpoints"].InvokeAsync(kernel, new() { ["name_contains"] = "claude-sonnet-4-5" });

        Assert.Equal(
            workspace != EmulatedWorkspace.Sovereign, $"{result}".Contains("\"system.ai.claude-sonnet-4-5\"", StringComparison.Ordinal));
        Assert.Contains("\"databricks-claude-sonnet-4-5\"", $"{result}", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Workspaces))]
    public async Task The_plugin_of_a_token_that_may_not_list_returns_the_reason(EmulatedWorkspace workspace)
    {
        var options = new DatabricksEmulatorOptions { Workspace = workspace };
        options.Authentication.TokensThatOnlyQuery.Add("dapi-query-only");
        await using var emulator = await DatabricksEmulator.StartAsync(options);
        var client = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken("dapi-query-only"));
        var kernel = new Kernel();

        var result = await kernel.ImportDatabricksEndpoints(client: client)["list_serving_endpoints"].InvokeAsync(kernel);

        Assert.Contains("Listing the endpoints failed: 403", $"{result}", StringComparison.Ordinal);
    }
}
