using Connectors.Databricks.Emulator;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Chat;

/// <summary>The Responses API below Semantic Kernel: the history of a chat sends output items back unchanged.</summary>
public class ResponsesTests
{
    [Theory]
    [InlineData("system.ai.claude-sonnet-4-5", "high", null, "high")]
    [InlineData("system.ai.claude-sonnet-4-5", null, 2048, "low")]
    [InlineData("system.ai.gpt-6-astra", "max", null, "max")]
    public async Task Settings_of_reasoning_are_accepted(string model, string? word, int? budget, string effort)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var serving = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token));
        var kernel = Kernel.CreateBuilder()
            .AddDatabricksChatCompletion(model, serving, options: new DatabricksChatOptions { Api = DatabricksChatApi.Responses }).Build();

        await kernel.GetRequiredService<IChatCompletionService>().GetChatMessageContentAsync(
            "Say 'ok'", new DatabricksPromptExecutionSettings { ReasoningEffort = word, ThinkingBudget = budget });

        Assert.Equal(effort, (string?)emulator.Requests.Single(request => request.StatusCode == 200).Json!["reasoning"]!["effort"]);
    }

    [Theory]
    [InlineData("system.ai.gpt-5-2", false)]
    [InlineData("system.ai.gpt-5-2", true)]
    [InlineData("system.ai.claude-sonnet-4-5", false)]
    [InlineData("system.ai.gemini-pro", true)]
    public async Task Turns_with_functions_are_accepted_by_an_emulator_that_compares_items(string model, bool isStream)
    {
        await using var emulator = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions
        {
            Workspace = EmulatedWorkspace.GatewayEnforced,
            Quirks = { ResponsesRequireUnchangedItems = true, ResponsesVerifyReasoning = true },
        });
        var serving = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = emulator.Host,
            Credential = DatabricksCredential.FromToken(emulator.Token),
            Chat = { Api = DatabricksChatApi.Responses },
        });
        var kernel = Kernel.CreateBuilder().AddDatabricksChatCompletion(model, serving).Build();
        var city = new CityPlugin();
        kernel.Plugins.AddFromObject(city, "City");
        var chat = kernel.GetRequiredService<IChatCompletionService>();
        var settings = new PromptExecutionSettings
        {
            FunctionChoiceBehavior = FunctionChoiceBehavior.Auto([kernel.Plugins["City"]["Weather"]]),
        };
        ChatHistory history = [];
        for (var turn = 0; turn < 4; turn++)
        {
            history.AddUserMessage($"What is the weather in city {turn}?");
            if (isStream)
            {
                var updates = await chat.GetStreamingChatMessageContentsAsync(history, settings, kernel).ToListAsync();
                history.AddAssistantMessage(string.Concat(updates.Select(update => update.Content)));
            }
            else
            {
                history.Add(await chat.GetChatMessageContentAsync(history, settings, kernel));
            }
        }

        Assert.Equal(4, city.Calls.Count);

        // An item that is not replayed has no id.
        var items = emulator.Requests[^1].Json!["input"]!.AsArray().Where(item => (string?)item!["role"] != "user").ToList();
        Assert.All(items, item => Assert.True(item!["id"] is not null || (string?)item["type"] == "function_call_output", $"{item}"));
        Assert.All(
            emulator.Requests,
            request => Assert.Equal((200, "/ai-gateway/mlflow/v1/responses"), (request.StatusCode, request.Path)));
    }
}
