using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel.Tests.Settings;

public class DatabricksPromptExecutionSettingsTests
{
    private static DatabricksPromptExecutionSettings Full() => new()
    {
        ModelId = "m", ServiceId = "s", FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(), Temperature = 0.5, TopP = 0.25, TopK = 3,
        MaxTokens = 77, FrequencyPenalty = 0.5, PresencePenalty = -0.5, StopSequences = ["END"], Seed = 7, ChoiceCount = 2,
        ResponseFormat = "json_object", ReasoningEffort = "low", ThinkingBudget = 1024, ChatSystemPrompt = "sys",
        ChatDeveloperPrompt = "dev",
        LogProbs = true, TopLogProbs = 4, ExtraBody = new Dictionary<string, object?> { ["a"] = 1 },
        ExtensionData = new Dictionary<string, object> { ["b"] = 2 },
    };

    [Fact]
    public void Settings_are_written_and_read_in_snake_case()
    {
        var json = JsonSerializer.Serialize(Full());

        Assert.Equal(
            """
            {"temperature":0.5,"top_p":0.25,"top_k":3,"max_tokens":77,"frequency_penalty":0.5,"presence_penalty":-0.5,"stop_sequences":["END"],
            "seed":7,"n":2,"response_format":"json_object","reasoning_effort":"low","thinking_budget":1024,"chat_system_prompt":"sys",
            "chat_developer_prompt":"dev","logprobs":true,"top_logprobs":4,"extra_body":{"a":1},"service_id":"s","model_id":"m",
            "function_choice_behavior":{"type":"auto","functions":null,"options":null},"b":2}
            """.ReplaceLineEndings(""),
            json);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<DatabricksPromptExecutionSettings>(json)));
    }

    [Fact]
    public void A_clone_says_the_same_and_can_be_changed()
    {
        var settings = Full();
        settings.Freeze();

        var clone = (DatabricksPromptExecutionSettings)settings.Clone();

        Assert.Equal(JsonSerializer.Serialize(settings), JsonSerializer.Serialize(clone));
        Assert.False(clone.IsFrozen);
        clone.StopSequences!.Add("more");
        clone.ExtraBody!["more"] = 1;
        Assert.Single(settings.StopSequences!);
        Assert.Single(settings.ExtraBody!);
    }

    [Fact]
    public void What_is_frozen_cannot_be_changed()
    {
        var settings = Full();
        settings.Freeze();
        settings.Freeze();

        Assert.All(
            typeof(DatabricksPromptExecutionSettings).GetProperties().Where(property => property.SetMethod is { IsPublic: true }),
            property => Assert.IsType<InvalidOperationException>(
                Record.Exception(() => property.SetValue(settings, property.GetValue(settings)))?.InnerException));
        Assert.Throws<NotSupportedException>(() => settings.StopSequences!.Add("more"));
        Assert.Throws<NotSupportedException>(() => settings.ExtraBody!.Add("more", 1));
    }

    [Fact]
    public void These_settings_are_taken_as_they_are()
    {
        var settings = Full();

        Assert.Same(settings, DatabricksPromptExecutionSettings.FromExecutionSettings(settings));
        Assert.Equal("{\"function_choice_behavior\":null}", Compact(DatabricksPromptExecutionSettings.FromExecutionSettings(null)));
    }

    private static string Compact(PromptExecutionSettings settings) =>
        JsonSerializer.Serialize(settings, settings.GetType())
            .Replace("\"service_id\":null,\"model_id\":null,", "", StringComparison.Ordinal);

    [Fact]
    public void A_behavior_with_functions_of_no_kernel_keeps_them()
    {
        var function = KernelFunctionFactory.CreateFromMethod(() => "x", "f");
        var plain = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto([function], autoInvoke: false) };

        Assert.Same(plain.FunctionChoiceBehavior, DatabricksPromptExecutionSettings.FromExecutionSettings(plain).FunctionChoiceBehavior);
    }

    /// <summary>The way of kernels with a chat client: Semantic Kernel turns the settings into options by itself.</summary>
    [Fact]
    public void Semantic_Kernel_makes_the_same_options_of_them_by_itself()
    {
        var settings = Full();
        settings.FunctionChoiceBehavior = null;

        var options = settings.ToChatOptions(kernel: null);

        Assert.Equal(0.5f, options.Temperature);
        Assert.Equal(["END"], options.StopSequences);
        Assert.Equal("dev\n\nsys", options.Instructions);
        Assert.Same(ChatResponseFormat.Json, options.ResponseFormat);
        Assert.Equal(ReasoningEffort.Low, options.Reasoning!.Effort);
        Assert.Equal(
            ["a", "b", "logprobs", "n", "thinking", "top_logprobs"], options.AdditionalProperties!.Keys.Order(StringComparer.Ordinal));
    }
}
