using System.Text.Json;
using Connectors.Databricks.Comparison.Tests.Harness;
using Connectors.Databricks.SemanticKernel;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;

namespace Connectors.Databricks.Comparison.Tests.Cases;

/// <summary>Settings one by one: those of the OpenAI connector, which apps keep, the same from JSON, and those of each connector.</summary>
public class SettingsTests
{
    public static TheoryData<string, OpenAIPromptExecutionSettings> Each { get; } = new()
    {
        { "temperature", new() { Temperature = 0.7 } },
        { "temperature 0", new() { Temperature = 0 } },
        { "top p", new() { TopP = 0.9 } },
        { "one stop sequence", new() { StopSequences = ["END"] } },
        { "stop sequences", new() { StopSequences = ["END", "\n\n", "STOP"] } },
        { "no stop sequence", new() { StopSequences = [] } },
        { "seed", new() { Seed = 42 } },
        { "frequency penalty", new() { FrequencyPenalty = 0.5 } },
        { "presence penalty", new() { PresencePenalty = -0.5 } },
        { "log probabilities", new() { Logprobs = true, TopLogprobs = 2 } },
        { "no log probabilities", new() { Logprobs = false } },
        { "system prompt", new() { ChatSystemPrompt = "Be brief." } },
        { "user", new() { User = "user-7" } },
        { "logit bias", new() { TokenSelectionBiases = new Dictionary<int, int> { [50256] = -100, [11] = 5 } } },
        { "response format text", new() { ResponseFormat = "text" } },
        { "response format JSON", new() { ResponseFormat = "json_object" } },
        { "metadata", new() { Metadata = new Dictionary<string, string> { ["team"] = "blue" } } },
        { "store", new() { Store = true } },
        { "extra body", new() { ExtraBody = new Dictionary<string, object?> { ["top_k"] = 40 } } },
        { "extra body by path", new() { ExtraBody = new Dictionary<string, object?> { ["$.thinking.type"] = "enabled" } } },
        { "model id", new() { ModelId = "gpt-4o" } },
        { "nothing", new() },
    };

    /// <summary>The OpenAI connector takes it in code, not from JSON.</summary>
    public static TheoryData<string, OpenAIPromptExecutionSettings> InCode { get; } = new()
    {
        { "reasoning effort", new() { ReasoningEffort = "high" } },
        { "reasoning effort in capitals", new() { ReasoningEffort = "Low" } },
        { "minimal reasoning effort", new() { ReasoningEffort = "minimal" } },
    };

    [Theory]
    [MemberData(nameof(Each))]
    [MemberData(nameof(InCode))]
    public Task Settings_of_the_OpenAI_connector_send_the_same_members(string name, OpenAIPromptExecutionSettings settings) =>
        SideBySide.RunAsync([Reply.Text(name)], Ask.NonStreaming(settings), OfResponses(settings));

    [Theory]
    [MemberData(nameof(Each))]
    public Task Settings_read_from_json_send_the_same_members(string name, OpenAIPromptExecutionSettings settings)
    {
        var json = JsonSerializer.Serialize(settings);
        return SideBySide.RunAsync(
            [Reply.Text(name)], Ask.NonStreaming(JsonSerializer.Deserialize<PromptExecutionSettings>(json)), OfResponses(settings));
    }

    [Fact]
    public Task A_limit_of_tokens_is_sent() => SideBySide.RunAsync(
        [Reply.Text("Yes.")], Ask.NonStreaming(new OpenAIPromptExecutionSettings { MaxTokens = 100 }),
        AcceptedDifferences.MaxTokens, AcceptedDifferences.MaxOutputTokens);

    [Fact]
    public Task A_developer_prompt_is_sent() => SideBySide.RunAsync(
        [Reply.Text("Yes.")],
        Ask.NonStreaming(new OpenAIPromptExecutionSettings { ChatDeveloperPrompt = "Be brief." }),
        AcceptedDifferences.DeveloperRole);

    [Fact]
    public Task A_developer_prompt_and_a_system_prompt_are_sent() => SideBySide.RunAsync(
        [Reply.Text("Yes.")],
        Ask.NonStreaming(new OpenAIPromptExecutionSettings { ChatDeveloperPrompt = "Be brief.", ChatSystemPrompt = "Be kind." }),
        AcceptedDifferences.DeveloperRole, AcceptedDifferences.SystemMessages);

    public static TheoryData<string, OpenAIPromptExecutionSettings, DatabricksPromptExecutionSettings> Pairs { get; } = new()
    {
        { "temperature", new() { Temperature = 0.7 }, new() { Temperature = 0.7 } },
        { "top p", new() { TopP = 0.9 }, new() { TopP = 0.9 } },
        { "stop", new() { StopSequences = ["END"] }, new() { StopSequences = ["END"] } },
        { "seed", new() { Seed = 42 }, new() { Seed = 42 } },
        { "penalties", new() { FrequencyPenalty = 1, PresencePenalty = 2 }, new() { FrequencyPenalty = 1, PresencePenalty = 2 } },
        { "log probabilities", new() { Logprobs = true, TopLogprobs = 2 }, new() { LogProbs = true, TopLogProbs = 2 } },
        { "system prompt", new() { ChatSystemPrompt = "Be brief." }, new() { ChatSystemPrompt = "Be brief." } },
        { "reasoning effort", new() { ReasoningEffort = "low" }, new() { ReasoningEffort = "low" } },
        { "response format", new() { ResponseFormat = "json_object" }, new() { ResponseFormat = "json_object" } },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public Task The_settings_of_each_connector_send_the_same_members(
        string name, OpenAIPromptExecutionSettings openAI, DatabricksPromptExecutionSettings databricks) => SideBySide.RunAsync(
        [Reply.Text(name)],
        app => Ask.NonStreamingAsync(app, [new(AuthorRole.User, "Well?")], app.Connector == Connector.OpenAI ? openAI : databricks),
        OfResponses(openAI));

    [Fact]
    public Task Prompts_in_the_history_take_precedence_over_those_of_the_settings() => SideBySide.RunAsync(
        [Reply.Text("Yes.")],
        app => Ask.NonStreamingAsync(
            app,
            [new(AuthorRole.System, "Be kind."), new(AuthorRole.User, "Well?") { AuthorName = "Ada" }],
            new OpenAIPromptExecutionSettings { ChatSystemPrompt = "Be brief." }),
        AcceptedDifferences.AuthorName);

    // What the Responses API has no member for.
    private static AcceptedDifference[] OfResponses(OpenAIPromptExecutionSettings settings) =>
        settings.StopSequences is { Count: > 0 } || settings.Seed is not null || settings.FrequencyPenalty is not null ||
            settings.PresencePenalty is not null || settings.Logprobs is not null || settings.TokenSelectionBiases is not null ||
            settings.Store is not null || settings.ExtraBody?.ContainsKey("top_k") is true
            ? [AcceptedDifferences.NotInResponses]
            : [];

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public Task A_limit_below_one_token_is_refused(int maxTokens) => SideBySide.RunAsync(
        [Reply.Text("Yes.")],
        async app =>
        {
            var settings = new OpenAIPromptExecutionSettings { MaxTokens = maxTokens };
            var refusal = await Record.ExceptionAsync(() => Ask.NonStreaming(settings)(app));
            await Ask.NonStreaming()(app);
            return refusal is ArgumentException;
        });
}
