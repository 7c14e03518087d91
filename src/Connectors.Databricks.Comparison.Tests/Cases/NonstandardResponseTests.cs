using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.Comparison.Tests.Cases;

/// <summary>Answers of real endpoints that are not quite OpenAI's dialect.</summary>
public class NonstandardResponseTests
{
    private const string Sunny = """{ "index": 0, "message": { "role": "assistant", "content": "Sunny." }, "finish_reason": "stop" }""";

    [Theory]
    [InlineData("{ \"object\": \"chat.completion\", \"created\": 1, \"model\": \"m\", \"choices\": [ " + Sunny + " ] }")]
    [InlineData("{ \"id\": \"1\", \"created\": 1, \"choices\": [ " + Sunny + " ], \"databricks_output\": { \"trace\": {} } }")]
    [InlineData("{ \"choices\": [ " + Sunny + " ], \"model\": null, \"system_fingerprint\": null, \"usage\": null }")]
    public Task A_response_without_some_members_reads_the_same(string body) => SideBySide.RunAsync([new Reply(body)], ReadAsync);

    [Theory]
    [InlineData("\"Sunny.\"", "\"end_turn\"")]
    [InlineData("\"Sunny.\"", "null")]
    [InlineData("[ { \"type\": \"reasoning\", \"summary\": [] }, { \"type\": \"text\", \"text\": \"Sunny.\" } ]", "\"stop\"")]
    public Task A_response_in_another_dialect_is_read(string content, string reason) => SideBySide.RunAsync(
        [Answer($$"""{ "index": 0, "message": { "role": "assistant", "content": {{content}} }, "finish_reason": {{reason}} }""")],
        ReadAsync,
        AcceptedDifferences.OtherDialects);

    [Fact]
    public Task A_message_without_a_role_is_read() => SideBySide.RunAsync(
        [Answer("""{ "index": 0, "message": { "content": "Sunny." }, "finish_reason": "stop" }""")],
        Ask.NonStreaming(),
        AcceptedDifferences.MissingRole);

    [Fact]
    public Task A_call_without_an_id_can_be_answered() => SideBySide.RunAsync(
        [Reply.Message(""" "tool_calls": [ { "function": { "name": "City-Weather", "arguments": "{}" } } ], "role": "assistant" """)],
        Ask.NonStreaming(Ask.Manual),
        AcceptedDifferences.CallWithoutId, AcceptedDifferences.FinishOfCalls);

    [Theory]
    [InlineData("""{ "id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [] }""")]
    [InlineData("""{ "error_code": "INTERNAL_ERROR", "message": "No." }""")]
    [InlineData("""{ "id": "1", "object": "chat.completion", "choices": [ { "index": 0, "message": { "role": "assi""")]
    [InlineData("<html>Bad gateway</html>")]
    public Task A_success_status_without_a_completion_throws(string body) => SideBySide.RunAsync(
        [new Reply(body)], ReadAsync, AcceptedDifferences.NoCompletion);

    [Theory]
    [InlineData("data: { \"error_code\": \"INTERNAL_ERROR\", \"message\": \"No.\" }\n\n")]
    [InlineData("data: { \"id\": \"1\", \"choi")]
    [InlineData("")]
    public Task A_truncated_stream_throws(string end) => SideBySide.RunAsync(
        [Reply.Events([Chunk("Sun")], end)], StreamAsync, AcceptedDifferences.BrokenStream);

    [Fact]
    public Task A_stream_with_a_finish_reason_and_without_an_end_marker_is_complete() => SideBySide.RunAsync(
        [Reply.Events([Chunk("Sun"), Chunk("ny.", "\"stop\"")])], StreamAsync);

    [Fact]
    public Task Usage_that_grows_with_every_chunk_is_reported_once() => SideBySide.RunAsync(
        [Reply.Events([Chunk("Sun", tokens: 1), Chunk("ny.", "\"stop\"", tokens: 2), "data: [DONE]"])],
        Ask.Streaming(),
        AcceptedDifferences.CumulativeUsage);

    private static Reply Answer(string choice) =>
        new($$"""{ "id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [ {{choice}} ] }""");

    private static string Chunk(string text, string reason = "null", int? tokens = null)
    {
        var usage = tokens is null
            ? "null"
            : $$"""{ "prompt_tokens": 7, "completion_tokens": {{tokens}}, "total_tokens": {{tokens + 7}} }""";
        var choice = $$"""{ "index": 0, "delta": { "content": "{{text}}", "role": "assistant" }, "finish_reason": {{reason}} }""";
        return $$"""data: { "id": "1", "created": 1, "model": "m", "choices": [ {{choice}} ], "usage": {{usage}} }""";
    }

    private static async Task<object?> ReadAsync(App app)
    {
        ChatMessageContent? answer = null;
        var thrown = await Record.ExceptionAsync(async () =>
            answer = await app.Chat.GetChatMessageContentAsync("Well?", kernel: app.Kernel));
        return new { Type = thrown?.GetType().Name, answer?.Content };
    }

    private static async Task<object?> StreamAsync(App app)
    {
        var text = string.Empty;
        var thrown = await Record.ExceptionAsync(async () =>
        {
            await foreach (var update in app.Chat.GetStreamingChatMessageContentsAsync("Well?", kernel: app.Kernel))
            {
                text += update.Content;
            }
        });
        return new { Type = thrown?.GetType().Name, Text = text };
    }
}
