using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.Comparison.Tests.Cases;

/// <summary>What apps index in the metadata of an answer.</summary>
public class MetadataTests
{
    [Theory]
    [InlineData("stop")]
    [InlineData("length")]
    [InlineData("content_filter")]
    [InlineData("tool_calls")]
    public Task A_finish_reason_reads_the_same(string reason) => SideBySide.RunAsync(
        [Reply.Message(""" "role": "assistant", "content": "Sunny." """, reason)], Ask.Whole());

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
            return new { Refusal = answer.Metadata!["Refusal"], Message = Seen.Message(answer) };
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
            [new Reply(body)], async app => (await AnswerAsync(app)).Metadata!["ContentTokenLogProbabilities"] is not null);
    }

    [Fact]
    public Task An_answer_without_content_reads_the_same() => SideBySide.RunAsync(
        [Reply.Message(""" "content": null, "role": "assistant" """)], Ask.Whole());

    private static Task<ChatMessageContent> AnswerAsync(App app) =>
        app.Chat.GetChatMessageContentAsync("Weather?", kernel: app.Kernel);
}
