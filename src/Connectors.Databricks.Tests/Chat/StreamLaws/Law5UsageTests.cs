using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.StreamLaws.Chunks;

namespace Connectors.Databricks.Tests.Chat.StreamLaws;

/// <summary>Usage: the last value of each field that is not null wins; one usage content per stream.</summary>
public class Law5UsageTests
{
    [Fact]
    public async Task Cumulative_usage_is_taken_once_and_last()
    {
        var updates = await Exchange.ReadsStream(
            """{"id":"m1","choices":[{"index":0,"delta":{"content":"a"}}],"usage":{"prompt_tokens":16,"completion_tokens":1,"total_tokens":17}}""",
            """{"id":"m1","choices":[{"index":0,"delta":{"content":"b"}}],"usage":{"prompt_tokens":16,"completion_tokens":2,"total_tokens":18}}""",
            """{"id":"m1","choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}],"usage":{"prompt_tokens":16,"completion_tokens":3,"total_tokens":19}}""",
            "[DONE]");

        var usage = Assert.Single(updates.SelectMany(update => update.Contents).OfType<UsageContent>()).Details;
        Assert.Equal((16, 3, 19), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
    }

    [Fact]
    public async Task The_last_value_of_each_field_that_is_not_null_wins()
    {
        var updates = await Exchange.ReadsStream(
            """{"id":"m1","choices":[{"index":0,"delta":{"content":"a"}}],"usage":{"prompt_tokens":586,"completion_tokens":null,"total_tokens":null}}""",
            """{"id":"m1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":null,"completion_tokens":7,"total_tokens":593}}""",
            """{"id":"m1","choices":[],"usage":null}""",
            "[DONE]");

        var usage = updates.ToChatResponse().Usage!;
        Assert.Equal((586, 7, 593), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
    }

    [Fact]
    public async Task Usage_behind_the_finish_reason_is_taken()
    {
        var updates = await Exchange.ReadsStream(
            Hello, World, """{"id":"m1","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}""", "[DONE]");

        Assert.Equal(3, updates.ToChatResponse().Usage!.TotalTokenCount);
    }

    [Fact]
    public async Task A_stream_without_usage_has_no_usage_content()
    {
        var updates = await Exchange.ReadsStream(Hello, World, "[DONE]");

        Assert.Empty(updates.SelectMany(update => update.Contents).OfType<UsageContent>());
    }
}
