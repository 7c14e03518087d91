using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.Comparison.Tests.Cases;

/// <summary>What apps index in the metadata of an answer.</summary>
public class MetadataTests
{
    private static readonly string[] OfAnswers =
        ["Id", "CreatedAt", "SystemFingerprint", "Usage", "Refusal", "FinishReason", "ContentTokenLogProbabilities"];

    private static readonly string[] OfUpdates =
        ["CompletionId", "CreatedAt", "SystemFingerprint", "Usage", "RefusalUpdate", "FinishReason"];

    [Fact]
    public Task Every_name_can_be_indexed_and_has_the_same_value() => SideBySide.RunAsync(
        [Reply.Text("Sunny.")],
        async app =>
        {
            var answer = await AnswerAsync(app);
            return Values(OfAnswers, name => answer.Metadata![name]);
        },
        AcceptedDifferences.MetadataTypes, AcceptedDifferences.NoFingerprint);

    [Fact]
    public Task Every_name_can_be_indexed_in_updates_and_has_the_same_value_in_one() => SideBySide.RunAsync(
        [Reply.Streamed("Sun", "ny.")],
        async app =>
        {
            var updates = await app.Chat.GetStreamingChatMessageContentsAsync("Weather?", kernel: app.Kernel).ToListAsync();
            return Values(OfUpdates, name => updates.Select(update => update.Metadata![name]).LastOrDefault(value => value is not null));
        },
        AcceptedDifferences.MetadataTypes, AcceptedDifferences.NoFingerprint);

    [Fact]
    public Task The_system_fingerprint_of_a_stream_is_in_its_last_update() => SideBySide.RunAsync(
        [Reply.Streamed("Sun", "ny.")],
        async app =>
        {
            var updates = await app.Chat.GetStreamingChatMessageContentsAsync("Weather?", kernel: app.Kernel).ToListAsync();
            return new { First = updates[0].Metadata!["SystemFingerprint"], Last = updates[^1].Metadata!["SystemFingerprint"] };
        },
        AcceptedDifferences.LateFingerprint, AcceptedDifferences.NoFingerprint);

    [Fact]
    public Task The_result_of_a_prompt_has_the_metadata_of_the_response() => SideBySide.RunAsync(
        [Reply.Text("Sunny.")],
        async app =>
        {
            var result = await app.Kernel.InvokePromptAsync("Weather?");
            return Values(OfAnswers, name => result.Metadata![name]);
        },
        AcceptedDifferences.MetadataTypes, AcceptedDifferences.NoFingerprint);

    [Theory]
    [InlineData("stop")]
    [InlineData("length")]
    [InlineData("content_filter")]
    [InlineData("tool_calls")]
    public Task A_finish_reason_reads_the_same(string reason) => SideBySide.RunAsync(
        [Reply.Message(""" "role": "assistant", "content": "Sunny." """, reason)],
        Ask.NonStreaming(),
        reason == "tool_calls" ? [AcceptedDifferences.CallsWithoutCalls] : []);

    [Theory]
    [InlineData("""{ "prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12 }""")]
    [InlineData("null")]
    public Task Usage_is_there_or_null(string usage) => SideBySide.RunAsync(
        [Reply.Message(""" "content": "Sunny.", "role": "assistant" """, usage: usage)],
        async app => (await AnswerAsync(app)).Metadata!["Usage"] is null);

    [Fact]
    public Task A_refusal_is_in_the_metadata() => SideBySide.RunAsync(
        [Reply.Message(""" "refusal": "I cannot.", "content": null, "role": "assistant" """)],
        async app =>
        {
            var answer = await AnswerAsync(app);
            return new { Refusal = answer.Metadata!["Refusal"], Message = Snapshot.Message(answer) };
        },
        AcceptedDifferences.RefusalText);

    [Fact]
    public Task Log_probabilities_are_in_the_metadata()
    {
        var body = Reply.Text("Sun").Body.Replace(
            "\"logprobs\": null",
            """
            "logprobs": { "refusal": null, "content": [ { "token": "Sun", "logprob": -0.5, "bytes": [83], "top_logprobs": [] } ] }
            """,
            StringComparison.Ordinal);
        return SideBySide.RunAsync(
            [new Reply(body)],
            async app => (await AnswerAsync(app)).Metadata!["ContentTokenLogProbabilities"] is not null,
            AcceptedDifferences.NoLogProbabilities);
    }

    [Fact]
    public Task A_response_without_content_reads_the_same() => SideBySide.RunAsync(
        [Reply.Message(""" "content": null, "role": "assistant" """)], Ask.NonStreaming());

    private static Dictionary<string, object?> Values(string[] names, Func<string, object?> value) => names.ToDictionary(
        name => name, name => value(name) is { } one and not string and not DateTimeOffset ? one.GetType().Name : value(name));

    private static Task<ChatMessageContent> AnswerAsync(App app) =>
        app.Chat.GetChatMessageContentAsync("Weather?", kernel: app.Kernel);
}
