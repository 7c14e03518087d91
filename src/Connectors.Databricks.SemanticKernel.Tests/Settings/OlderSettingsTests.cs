using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.AzureOpenAI;
using Microsoft.SemanticKernel.Connectors.OpenAI;

namespace Connectors.Databricks.SemanticKernel.Tests.Settings;

/// <summary>The settings objects of apps that were built on the OpenAI connectors, with members other than plain values.</summary>
public class OlderSettingsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kernel_functions_are_called_by_themselves(bool isAzure)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTool("City-Weather", """{"city":"Bonn"}""").Replies("Sunny.");

        var answer = await fixture.Chat.GetChatMessageContentAsync(
            "Weather?", With(ToolCallBehavior.AutoInvokeKernelFunctions, isAzure), fixture.Kernel);

        Assert.Equal("Sunny.", answer.Content);
        Assert.Equal(["Weather(Bonn)"], fixture.City.Calls);
        Assert.Equal(("auto", 3), ((string?)fixture.Sent(0)["tool_choice"], fixture.Sent(0)["tools"]!.AsArray().Count));
    }

    [Fact]
    public async Task Kernel_functions_are_offered_and_left_to_the_app()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTool("City-Weather", """{"city":"Bonn"}""");

        var answer = await fixture.Chat.GetChatMessageContentAsync(
            "Weather?", With(ToolCallBehavior.EnableKernelFunctions), fixture.Kernel);

        Assert.Single(FunctionCallContent.GetFunctionCalls(answer));
        Assert.Empty(fixture.City.Calls);
    }

    [Fact]
    public async Task Kernel_functions_without_a_kernel_are_none()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);

        await fixture.Chat.GetChatMessageContentAsync("Weather?", With(ToolCallBehavior.AutoInvokeKernelFunctions));

        Assert.Null(fixture.Sent()["tools"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Chosen_functions_are_offered(bool autoInvoke)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTool("City-Weather", """{"city":"Bonn"}""").Replies("Sunny.");
        var behavior = ToolCallBehavior.EnableFunctions([Function(fixture, "Weather"), Function(fixture, "Count")], autoInvoke);

        await fixture.Chat.GetChatMessageContentAsync("Weather?", With(behavior), fixture.Kernel);

        Assert.Equal(
            ["City-Weather", "City-Count"], fixture.Sent(0)["tools"]!.AsArray().Select(tool => (string?)tool!["function"]!["name"]));
        Assert.Equal(autoInvoke ? ["Weather(Bonn)"] : [], fixture.City.Calls);
    }

    [Fact]
    public async Task A_required_function_is_required_once()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTool("City-Weather", """{"city":"Bonn"}""").Replies("Sunny.");

        await fixture.Chat.GetChatMessageContentAsync(
            "Weather?", With(ToolCallBehavior.RequireFunction(Function(fixture, "Weather"), autoInvoke: true)), fixture.Kernel);

        Assert.Equal(("required", 1), ((string?)fixture.Sent(0)["tool_choice"], fixture.Sent(0)["tools"]!.AsArray().Count));
        Assert.NotEqual("required", (string?)fixture.Sent(1)["tool_choice"]);
        Assert.Equal(["Weather(Bonn)"], fixture.City.Calls);
    }

    [Fact]
    public async Task A_function_that_the_kernel_lacks_is_named()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        var settings = With(ToolCallBehavior.EnableFunctions([Function(fixture, "Weather")], autoInvoke: true));

        var failure = await Assert.ThrowsAsync<KernelException>(
            () => fixture.Chat.GetChatMessageContentAsync("Hello", settings, new Kernel()));

        Assert.Contains("City.Weather", failure.Message, StringComparison.Ordinal);
    }

    private sealed class OwnSettings : PromptExecutionSettings
    {
        public SomeToolCallBehavior? ToolCallBehavior { get; set; } = new();
    }

    private sealed class SomeToolCallBehavior;

    [Fact]
    public void A_behavior_of_another_kind_is_refused_with_its_replacement()
    {
        var failure = Assert.Throws<NotSupportedException>(
            () => DatabricksPromptExecutionSettings.FromExecutionSettings(new OwnSettings()));

        Assert.Contains("FunctionChoiceBehavior.Auto()", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_behaviors_at_once_are_refused()
    {
        var settings = With(ToolCallBehavior.EnableKernelFunctions);
        settings.FunctionChoiceBehavior = FunctionChoiceBehavior.Auto();

        Assert.Throws<ArgumentException>(() => DatabricksPromptExecutionSettings.FromExecutionSettings(settings));
    }

    [Fact]
    public async Task Values_of_the_OpenAI_package_are_sent_as_the_OpenAI_connector_sends_them()
    {
        OpenAIPromptExecutionSettings settings = new()
        {
            ReasoningEffort = OpenAI.Chat.ChatReasoningEffortLevel.High, Logprobs = true, TopLogprobs = 2, Store = false, Seed = 7,
            Modalities = OpenAI.Chat.ChatResponseModalities.Text | OpenAI.Chat.ChatResponseModalities.Audio,
            Audio = new OpenAI.Chat.ChatAudioOptions(OpenAI.Chat.ChatOutputAudioVoice.Alloy, OpenAI.Chat.ChatOutputAudioFormat.Mp3),
            Metadata = new Dictionary<string, string> { ["team"] = "a" }, User = "ada",
            TokenSelectionBiases = new Dictionary<int, int> { [7] = -1 },
            Temperature = 0.5, TopP = 0.25, MaxTokens = 7, StopSequences = ["END"], PresencePenalty = 0.5, FrequencyPenalty = -0.5,
            ExtraBody = new Dictionary<string, object?> { ["$.a.b"] = 1, ["c"] = "d" },
        };
        var expected = await OpenAIRequest.SentAsync(settings);
        expected.Remove("model");
        expected["max_tokens"] = expected["max_completion_tokens"]?.DeepClone() ?? expected["max_tokens"]?.DeepClone();
        expected.Remove("max_completion_tokens");

        var sent = await SentAsync(settings);

        Assert.True(JsonNode.DeepEquals(expected, sent), $"{expected.ToJsonString()}\n{sent.ToJsonString()}");
    }

    [Theory]
    [InlineData("""{"num_predict":7,"stop":["END"]}""", """{"max_tokens":7,"stop":["END"]}""")]
    [InlineData("""{"max_new_tokens":7,"num_return_sequences":2}""", """{"max_tokens":7,"n":2}""")]
    [InlineData("""{"maxTokens":7,"topP":0.5,"stopSequences":["END"]}""", """{"top_p":0.5,"max_tokens":7,"stop":["END"]}""")]
    [InlineData("""{"candidate_count":2,"random_seed":3}""", """{"seed":3,"n":2}""")]
    public async Task Names_of_other_connectors_are_understood(string json, string expected)
    {
        var sent = await SentAsync(JsonSerializer.Deserialize<PromptExecutionSettings>(json)!);
        sent.Remove("messages");

        Assert.Equal(expected, sent.ToJsonString());
    }

    [Fact]
    public void A_search_of_Azure_is_refused_because_it_would_be_left_out()
    {
        var settings = new AzureOpenAIPromptExecutionSettings
        {
            AzureChatDataSource = new Azure.AI.OpenAI.Chat.AzureSearchChatDataSource(),
        };

        Assert.Contains(
            "AzureChatDataSource",
            Assert.Throws<NotSupportedException>(() => DatabricksPromptExecutionSettings.FromExecutionSettings(settings)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_chat_client_sends_no_setting_under_a_name_that_only_another_connector_has(bool streams)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Unknown);
        fixture.Endpoint.AcceptsAnything();
        var kernel = Kernel.CreateBuilder().AddDatabricksChatClient(EmulatedKernel.Unknown, fixture.Serving).Build();
        KernelArguments arguments = new(new OpenAIPromptExecutionSettings
        {
            ToolCallBehavior = ToolCallBehavior.AutoInvokeKernelFunctions, MaxTokens = 7, User = "ada",
            TokenSelectionBiases = new Dictionary<int, int> { [7] = -1 },
        });

        if (streams)
        {
            await foreach (var _ in kernel.InvokePromptStreamingAsync("Hello", arguments))
            {
            }
        }
        else
        {
            await kernel.InvokePromptAsync("Hello", arguments);
        }

        var sent = fixture.Sent().AsObject();
        Assert.Equal("""{"7":-1}""", sent["logit_bias"]?.ToJsonString());
        Assert.Equal((7, "ada"), ((int?)sent["max_tokens"], (string?)sent["user"]));
        Assert.DoesNotContain(sent, member => member.Key is "token_selection_biases" or "toolCallBehavior" or "ToolCallBehavior");
    }

    [Fact]
    public async Task A_chat_client_leaves_the_options_of_its_caller_as_they_are()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Unknown);
        fixture.Endpoint.AcceptsAnything();
        var kernel = Kernel.CreateBuilder().AddDatabricksChatClient(EmulatedKernel.Unknown, fixture.Serving).Build();
        var options = new Microsoft.Extensions.AI.ChatOptions
        {
            AdditionalProperties = new() { ["results_per_prompt"] = 2, ["stop"] = "END" },
        };

        await kernel.GetRequiredService<Microsoft.Extensions.AI.IChatClient>()
            .GetResponseAsync([new(Microsoft.Extensions.AI.ChatRole.User, "Hello")], options);

        Assert.Equal(("END", 2), ((string?)fixture.Sent()["stop"], (int?)fixture.Sent()["n"]));
        Assert.Equal(["results_per_prompt", "stop"], options.AdditionalProperties.Keys);
    }

    private static OpenAIPromptExecutionSettings With(ToolCallBehavior behavior, bool isAzure = false) => isAzure
        ? new AzureOpenAIPromptExecutionSettings { ToolCallBehavior = behavior, SetNewMaxCompletionTokensEnabled = true }
        : new OpenAIPromptExecutionSettings { ToolCallBehavior = behavior };

    private static OpenAIFunction Function(EmulatedKernel fixture, string name) =>
        fixture.Kernel.Plugins.GetFunction("City", name).Metadata.ToOpenAIFunction();

    private static async Task<JsonObject> SentAsync(PromptExecutionSettings settings)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Unknown);
        fixture.Endpoint.AcceptsAnything();
        await fixture.Chat.GetChatMessageContentsAsync([new(AuthorRole.User, "Hello")], settings);
        return fixture.Sent().AsObject();
    }
}
