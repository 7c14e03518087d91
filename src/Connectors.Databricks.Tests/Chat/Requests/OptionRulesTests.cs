using System.Text.Json.Nodes;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Tests.Chat.Completions.Outbound;
using Connectors.Databricks.Tests.Chat.Shaping;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Requests;

/// <summary>
/// Options that a model does not support together: one is left out, and reported. Each row is a rule, and its absence where it does not
/// hold.
/// </summary>
public class OptionRulesTests
{
    private const string Claude45 = "databricks-claude-sonnet-4-5";
    private const string Opus47 = "databricks-claude-opus-4-7";
    private const string Opus48 = "databricks-claude-opus-4-8";
    private const string Gemini3 = "databricks-gemini-3-5-flash";

    private static readonly ReasoningOptions Medium = new() { Effort = ReasoningEffort.Medium };

    public static TheoryData<string, string, bool> ForcedTools => new()
    {
        { Claude45, "any", true }, { Claude45, "named", true }, { Claude45, "json", true },
        { Claude45, "auto", false }, { Claude45, "none", false },
        { Opus47, "any", true }, { Opus47, "named", true }, { Opus47, "auto", false }, { Opus48, "any", false }, { Opus48, "named", false },
        { "databricks-claude-sonnet-5", "any", false },
    };

    [Theory]
    [MemberData(nameof(ForcedTools))]
    public async Task Thinking_is_left_out_with_a_forced_tool_choice(string endpoint, string choice, bool isLeftOut)
    {
        var (body, changes) = await Sent(endpoint, Some.Question(), new ChatOptions
        {
            Reasoning = Medium,
            Tools = [ToolsToWireTests.Declaration("f")],
            ToolMode = choice switch
            {
                "any" => ChatToolMode.RequireAny,
                "named" => ChatToolMode.RequireSpecific("f"),
                "auto" => ChatToolMode.Auto,
                "none" => ChatToolMode.None,
                _ => null,
            },
            AdditionalProperties = choice == "json" ? new() { ["tool_choice"] = "required" } : null,
        });

        Assert.Equal(isLeftOut, body["thinking"] is null);
        Assert.Equal(isLeftOut ? ["thinking left out with a forced tool choice!"] : [], changes);
        Assert.NotNull(body["tools"]);
    }

    [Theory]
    [InlineData(Claude45, null, true)]
    [InlineData(Claude45, "databricks:signature@databricks-gpt-5-2:S", true)]
    [InlineData(Claude45, "databricks:signature@databricks-claude-sonnet-4-5:S", false)]
    [InlineData(Opus48, null, false)]
    public async Task Thinking_is_left_out_with_results_of_a_turn_without_reasoning(string endpoint, string? seal, bool isLeftOut)
    {
        List<AIContent> turn = [new FunctionCallContent("c1", "f")];
        if (seal is not null)
        {
            turn.Insert(0, new TextReasoningContent("Hm.") { ProtectedData = seal });
        }

        var (body, changes) = await Sent(
            endpoint,
            [.. Some.Question(), new(ChatRole.Assistant, turn), new(ChatRole.Tool, [new FunctionResultContent("c1", "one")])],
            new ChatOptions { Reasoning = Medium, Tools = [ToolsToWireTests.Declaration("f")] });

        Assert.Equal(isLeftOut, body["thinking"] is null);
        Assert.Equal(isLeftOut, changes.Contains("thinking left out with tool results of a turn without reasoning!"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reasoning_of_the_current_turn_is_left_out_when_another_option_turns_thinking_off(bool isForced)
    {
        var reasoning = new TextReasoningContent("Hm.") { ProtectedData = $"databricks:signature@{Claude45}:S" };
        ChatMessage[] history =
        [
            .. Some.Question(), new(ChatRole.Assistant, [reasoning, new TextContent("A.")]), .. Some.Question(),
            new(ChatRole.Assistant, [reasoning, new FunctionCallContent("c1", "f")]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "one")]),
        ];

        var (body, changes) = await Sent(Claude45, history, new ChatOptions
        {
            Reasoning = Medium,
            Tools = [ToolsToWireTests.Declaration("f")],
            ToolMode = isForced ? ChatToolMode.RequireAny : null,
        });

        Assert.Equal(isForced ? 1 : 2, body.ToJsonString().Split("\"signature\":").Length - 1);
        Assert.Equal(
            isForced ? ["messages.reasoning reasoning of the current turn left out", "thinking left out with a forced tool choice!"] : [],
            changes);
    }

    [Theory]
    [InlineData(Claude45, "thinking left out with a response to continue!")]
    [InlineData(Opus48, "messages a user message added at the end!")]
    [InlineData("databricks-claude-sonnet-4-6", "messages a user message added at the end!")]
    [InlineData(Gemini3, "messages a user message added at the end!")]
    [InlineData("databricks-gpt-5-2", null)]
    public async Task An_answer_to_continue_excludes_thinking_or_gets_a_message_of_the_user(string endpoint, string? change)
    {
        var (body, changes) = await Sent(
            endpoint, [.. Some.Question(), new(ChatRole.Assistant, "The answer is")], new ChatOptions { Reasoning = Medium });

        Assert.Equal(change is null ? [] : [change], changes);
        Assert.Equal(
            change?.Contains("at the end", StringComparison.Ordinal) is true ? "user" : "assistant",
            (string?)body["messages"]!.AsArray()[^1]!["role"]);
    }

    [Theory]
    [InlineData("temperature")]
    [InlineData("top_p")]
    [InlineData("top_k")]
    public async Task Sampling_is_left_out_with_thinking(string option)
    {
        foreach (var thinks in (bool[])[true, false])
        {
            var (body, changes) = await Sent(Claude45, Some.Question(), new ChatOptions
            {
                Reasoning = thinks ? Medium : null,
                Temperature = option == "temperature" ? 0.5f : null,
                TopP = option == "top_p" ? 0.5f : null,
                TopK = option == "top_k" ? 5 : null,
            });

            Assert.Equal(thinks, body[option] is null);
            Assert.Equal(thinks ? [$"{option} left out with thinking"] : [], changes);
        }
    }

    [Theory]
    [InlineData(0.5f, true)]
    [InlineData(null, false)]
    public async Task Top_p_is_left_out_with_a_temperature(float? temperature, bool isLeftOut)
    {
        var (body, changes) = await Sent(Claude45, Some.Question(), new ChatOptions { Temperature = temperature, TopP = 0.5f });

        Assert.Equal(isLeftOut, body["top_p"] is null);
        Assert.Equal(isLeftOut ? ["top_p left out with temperature"] : [], changes);
    }

    [Theory]
    [InlineData("databricks-gpt-5-6-sol", true, true)]
    [InlineData("databricks-gpt-5-6-sol", false, false)]
    [InlineData("databricks-gpt-5-2", true, false)]
    public async Task An_effort_is_left_out_with_tools(string endpoint, bool hasTools, bool isLeftOut)
    {
        var (body, changes) = await Sent(
            endpoint, Some.Question(),
            new ChatOptions { Reasoning = Medium, Tools = hasTools ? [ToolsToWireTests.Declaration("f")] : null });

        Assert.Equal(isLeftOut, body["reasoning_effort"] is null);
        Assert.Equal(isLeftOut ? ["reasoning_effort left out with tools"] : [], changes);
    }

    [Fact]
    public void Every_rule_has_a_test() => Assert.Equal(
        [
            "reasoning_effort with tools", "temperature with thinking", "thinking with a forced tool choice",
            "thinking with a response to continue", "thinking with tool results of a turn without reasoning", "top_k with thinking",
            "top_p with temperature", "top_p with thinking",
        ],
        OptionRules.All.Select(rule => $"{rule.Option} with {rule.Other}").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(Claude45, "image/bmp", "image/jpeg, image/png, image/gif, image/webp")]
    [InlineData("databricks-gpt-5-2", "image/tiff", "image/jpeg, image/png, image/gif, image/webp")]
    [InlineData(Gemini3, "image/svg+xml", "image/jpeg, image/png, image/webp, image/heic, image/heif")]
    public async Task An_image_of_a_type_that_the_model_does_not_support_is_rejected_by_name(string endpoint, string type, string supported)
    {
        var service = new VerbatimService();
        var message = new ChatMessage(ChatRole.User, [new TextContent("What is it?"), new DataContent(new byte[] { 1 }, type)]);

        var failure = await Assert.ThrowsAsync<NotSupportedException>(
            () => service.Client().GetChatClient(endpoint).GetResponseAsync([message]));

        Assert.Equal(
            $"DataContent of media type '{type}' in a user message cannot be sent: {endpoint["databricks-".Length..]} supports images of " +
            $"the types {supported}. Convert the image, or set ReplaceUnsupportedMedia.",
            failure.Message);
        Assert.Empty(service.Sent);
    }

    [Fact]
    public async Task Such_an_image_of_the_history_or_of_a_tool_becomes_a_note()
    {
        var image = new DataContent(new byte[] { 1 }, "image/bmp");
        var (body, changes) = await Sent(
            Claude45,
            [
                new(ChatRole.User, [image]), new(ChatRole.Assistant, [new FunctionCallContent("c1", "f")]),
                new(ChatRole.Tool, [new FunctionResultContent("c1", image)]),
            ],
            new ChatOptions { Tools = [ToolsToWireTests.Declaration("f")] });

        Assert.DoesNotContain("bmp", body.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(["messages.image replaced by a note!", "messages.image replaced by a note!"], changes);
    }

    [Theory]
    [InlineData(Claude45, "image/JPEG")]
    [InlineData(Claude45, "image/jpg")]
    [InlineData(Claude45, "image/*")]
    [InlineData("some-endpoint", "image/bmp")]
    [InlineData("databricks-llama-4-maverick", "image/bmp")]
    public async Task Other_images_are_sent(string endpoint, string type)
    {
        var (body, changes) = await Sent(endpoint, [new(ChatRole.User, [new UriContent("data:image/x;base64,AQ==", type)])], null);

        Assert.NotNull(body["messages"]![0]!["content"]![0]!["image_url"]);
        Assert.Empty(changes);
    }

    private static async Task<(JsonNode Body, List<string> Changes)> Sent(
        string endpoint, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        var response = await service.Client().GetChatClient(endpoint).GetResponseAsync(messages, options);
        return (JsonNode.Parse(Assert.Single(service.Sent).Body)!, [.. response.GetRequestAdjustments().Select(Shaped.Told)]);
    }
}
