using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Outbound;

public class UnsupportedContentTests
{
    private const string Advice =
        " cannot be sent: chat of Databricks Model Serving does not support it. " +
        "Remove it, or use text, an image, audio, video or a PDF.";

    private static readonly FunctionCallContent Call = new("call_1", "f");

    public static TheoryData<AIContent, string> Contents => new()
    {
        { new HostedFileContent("file-1"), "HostedFileContent" },
        { new HostedVectorStoreContent("store-1"), "HostedVectorStoreContent" },
        { new ToolApprovalRequestContent("request-1", Call), "ToolApprovalRequestContent" },
        { new ToolApprovalResponseContent("request-1", true, Call), "ToolApprovalResponseContent" },
        { new McpServerToolCallContent("call_1", "f", "server"), "McpServerToolCallContent" },
        { new McpServerToolResultContent("call_1"), "McpServerToolResultContent" },
        { new CodeInterpreterToolCallContent("call_1"), "CodeInterpreterToolCallContent" },
        { new DataContent(new byte[] { 1 }, "application/zip"), "DataContent of media type 'application/zip'" },
        { new DataContent(new byte[] { 1 }, "text/plain"), "DataContent of media type 'text/plain'" },
        { new UriContent("https://example.com/a.zip", "application/zip"), "UriContent of media type 'application/zip'" },
        { new AIContent(), "AIContent" },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task A_content_without_a_place_is_refused_in_a_user_message(AIContent content, string named) => Assert.Equal(
        named + " in a user message" + Advice,
        (await Outgoing.Refusal<NotSupportedException>([new(ChatRole.User, [new TextContent("Look:"), content])])).Message);

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task A_content_without_a_place_is_left_out_of_the_history_and_reported(AIContent content, string named)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        List<ChatMessage> history =
        [
            new(ChatRole.User, [new TextContent("Look:"), content]),
            new(ChatRole.Assistant, [new TextContent("I look."), content]),
            new(ChatRole.User, "Well?"),
        ];

        var response = await service.Chat().GetResponseAsync(history);

        JsonText.AssertEqual(
            """{"messages":[{"role":"user","content":"Look:"},{"role":"assistant","content":"I look."},{"role":"user","content":"Well?"}]}""",
            service.Sent[0].Body);
        Assert.Equal([$"messages.contents {named} left out"], response.GetRequestAdjustments().Select(Shaping.Shaped.Told));
        Assert.Equal([2, 2, 1], history.Select(message => message.Contents.Count));
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task A_content_without_a_place_in_a_function_result_is_an_error_for_the_model(AIContent content, string named)
    {
        var sent = await Outgoing.Request([new(ChatRole.Tool, [
            new FunctionResultContent("call_1", content),
            new FunctionResultContent("call_2", new[] { new TextContent("Look:"), content })])]);

        JsonText.AssertEqual(
            $$"""
            {"messages":[
              {"role":"tool","tool_call_id":"call_1","content":"Error: {{named}} cannot be sent in a function result."},
              {"role":"tool","tool_call_id":"call_2","content":"Look:\nError: {{named}} cannot be sent in a function result."}]}
            """,
            sent.Body);
    }

    [Fact]
    public async Task An_error_in_a_function_result_is_told_by_its_message()
    {
        var sent = await Outgoing.Request([new(ChatRole.Tool, [new FunctionResultContent("call_1", new ErrorContent("No such series."))])]);

        JsonText.AssertEqual("""{"messages":[{"role":"tool","tool_call_id":"call_1","content":"Error: No such series."}]}""", sent.Body);
    }

    [Fact]
    public async Task An_image_is_refused_in_a_system_message() => Assert.Equal(
        "DataContent of media type 'image/png' in a system message" + Advice,
        (await Outgoing.Refusal<NotSupportedException>([new(ChatRole.System, [new DataContent(new byte[] { 1 }, "image/png")])])).Message);

    [Fact]
    public async Task Text_is_refused_in_a_tool_message() => Assert.Equal(
        "TextContent in a tool message, which holds FunctionResultContent alone," + Advice,
        (await Outgoing.Refusal<NotSupportedException>([new(ChatRole.Tool, "42")])).Message);

    [Fact]
    public async Task A_call_is_refused_in_a_user_message() => Assert.Equal(
        "FunctionCallContent in a user message" + Advice,
        (await Outgoing.Refusal<NotSupportedException>([new(ChatRole.User, [Call])])).Message);

    [Fact]
    public async Task Reasoning_is_refused_in_a_user_message() => Assert.Equal(
        "TextReasoningContent in a user message" + Advice,
        (await Outgoing.Refusal<NotSupportedException>([new(ChatRole.User, [new TextReasoningContent("hm")])])).Message);

    [Fact]
    public async Task An_error_is_refused_in_a_user_message() => Assert.Equal(
        "ErrorContent in a user message" + Advice,
        (await Outgoing.Refusal<NotSupportedException>([new(ChatRole.User, [new ErrorContent("no")])])).Message);

    [Theory]
    [InlineData("system")]
    [InlineData("user")]
    [InlineData("assistant")]
    public async Task A_null_content_is_refused(string role) => Assert.Equal(
        $"A null content in {(role == "assistant" ? "an" : "a")} {role} message" + Advice,
        (await Outgoing.Refusal<NotSupportedException>([new(new ChatRole(role), [new TextContent("Look:"), null!])])).Message);
}
