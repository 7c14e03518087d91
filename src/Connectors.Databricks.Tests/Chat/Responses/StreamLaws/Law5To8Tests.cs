using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.Responses.ResponsesEvents;

namespace Connectors.Databricks.Tests.Chat.Responses.StreamLaws;

/// <summary>The laws of usage, calls, finish reasons and reasoning; ResponsesStreamTests and OddityTests have their details.</summary>
public class Law5To8Tests
{
    [Fact]
    public async Task Law_5_the_last_value_of_each_count_wins_and_is_given_out_once()
    {
        var updates = await ResponsesLaws.Reads(
            Created.Replace("\"error\":null", "\"usage\":{\"input_tokens\":8,\"output_tokens\":1}", StringComparison.Ordinal),
            TextDelta("Hello"),
            """{"type":"response.completed","response":{"usage":{"input_tokens":null,"output_tokens":2,"output_tokens_details":{"reasoning_tokens":1}}}}""");

        var usage = Assert.Single(updates.SelectMany(update => update.Contents).OfType<UsageContent>()).Details;
        Assert.Equal((8, 2, 1), (usage.InputTokenCount, usage.OutputTokenCount, usage.ReasoningTokenCount));
    }

    [Fact]
    public async Task Law_5_a_stream_that_counts_nothing_has_no_usage() => Assert.Empty(
        (await ResponsesLaws.Reads(TextDelta("Hello"), "[DONE]")).SelectMany(update => update.Contents).OfType<UsageContent>());

    [Fact]
    public async Task Law_6_parallel_calls_are_joined_by_index_and_given_out_once()
    {
        const string other = """{"type":"function_call","id":"fc_2","call_id":"call_2","name":"get_time","arguments":"{}"}""";

        var updates = await ResponsesLaws.Reads(
            Created, Added(Call.Replace("{\\\"city\\\":\\\"Oslo\\\"}", "", StringComparison.Ordinal)), Added(other, 1),
            Delta("{\\\"city\\\":", 0), Delta("{}", 1), Delta("\\\"Oslo\\\"}", 0), Completed);

        FunctionCallContent[] calls = [.. updates.SelectMany(update => update.Contents).OfType<FunctionCallContent>()];
        Assert.Equal([("call_1", 1), ("call_2", 0)], calls.Select(call => (call.CallId, call.Arguments!.Count)));
        Assert.All(calls, call => Assert.Null(call.Exception));
    }

    [Fact]
    public async Task Law_6_a_placeholder_at_the_announcement_is_dropped()
    {
        var updates = await ResponsesLaws.Reads(
            Created, Added("""{"type":"function_call","id":"fc_1","call_id":"c","name":"f","arguments":"{}"}"""),
            Delta("{\\\"a\\\":1}", 0), Completed);

        var call = updates.SelectMany(update => update.Contents).OfType<FunctionCallContent>().Single();
        Assert.Equal("1", call.Arguments!["a"]!.ToString());
    }

    [Fact]
    public async Task Law_7_a_missing_finish_reason_is_inferred()
    {
        Assert.Equal(ChatFinishReason.Stop, (await ResponsesLaws.Reads(TextDelta("Hello"), "[DONE]")).ToChatResponse().FinishReason);
        Assert.Equal(ChatFinishReason.ToolCalls, (await ResponsesLaws.Reads(AgentDone(Call), "[DONE]")).ToChatResponse().FinishReason);
    }

    [Fact]
    public async Task Law_8_encrypted_reasoning_without_a_text_goes_back()
    {
        const string item = """{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"abc==","status":null}""";

        var response = (await ResponsesLaws.Reads(Created, Done(item), Done(Message, 1), Completed)).ToChatResponse();

        Assert.NotNull(response.Messages[0].Contents.OfType<TextReasoningContent>().Single().ProtectedData);
        Assert.Equal([item, Message], StoredItems.Of(response));
    }

    private static string Delta(string delta, int index) =>
        $$"""{"type":"response.function_call_arguments.delta","output_index":{{index}},"delta":"{{delta}}"}""";
}
