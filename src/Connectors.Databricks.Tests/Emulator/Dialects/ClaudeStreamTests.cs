using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Dialects;

public class ClaudeStreamTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Claude_sends_null_counts_until_the_last_chunk()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-claude-sonnet-4-5").Replies("Hi.", reasoning: "Well.");

        string answer = await wire.ReadAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":"Hello there"}],"stream":true}""");

        Assert.Equal(
            Wire.Unwrapped("""
            data: {"model":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","choices":[{"delta":{"role":"assistant",
              "content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Well","signature":""}]}]},"index":0,
              "finish_reason":null}],"usage":{"cache_read_input_tokens":0,"completion_tokens":null,"prompt_tokens":2,"total_tokens":null,
              "cache_creation_input_tokens":0},"object":"chat.completion.chunk","id":"msg_bdrk_01282d656f1dac4f4cb16591",
              "created":1790000000}

            data: {"model":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","choices":[{"delta":{"role":"assistant",
              "content":[{"type":"reasoning","summary":[{"type":"summary_text","text":".","signature":""}]}]},"index":0,
              "finish_reason":null}],"usage":{"cache_read_input_tokens":0,"completion_tokens":null,"prompt_tokens":2,"total_tokens":null,
              "cache_creation_input_tokens":0},"object":"chat.completion.chunk","id":"msg_bdrk_01282d656f1dac4f4cb16591",
              "created":1790000000}

            data: {"model":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","choices":[{"delta":{"role":"assistant",
              "content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"",
              "signature":"EqoBoOe+VJQn1E6xUXnoLV4NgyKQ/Jfz5UxCimOorPiartA="}]}]},"index":0,"finish_reason":null}],
              "usage":{"cache_read_input_tokens":0,"completion_tokens":null,"prompt_tokens":2,"total_tokens":null,
              "cache_creation_input_tokens":0},"object":"chat.completion.chunk","id":"msg_bdrk_01282d656f1dac4f4cb16591",
              "created":1790000000}

            data: {"model":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","choices":[{"delta":{"role":"assistant","content":"Hi"},
              "index":0,"finish_reason":null}],"usage":{"cache_read_input_tokens":0,"completion_tokens":null,"prompt_tokens":2,
              "total_tokens":null,"cache_creation_input_tokens":0},"object":"chat.completion.chunk",
              "id":"msg_bdrk_01282d656f1dac4f4cb16591","created":1790000000}

            data: {"model":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","choices":[{"delta":{"role":"assistant","content":"."},
              "index":0,"finish_reason":null}],"usage":{"cache_read_input_tokens":0,"completion_tokens":null,"prompt_tokens":2,
              "total_tokens":null,"cache_creation_input_tokens":0},"object":"chat.completion.chunk",
              "id":"msg_bdrk_01282d656f1dac4f4cb16591","created":1790000000}

            data: {"model":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","choices":[{"delta":{"role":"assistant","content":""},"index":0,
              "finish_reason":"stop"}],"usage":{"cache_read_input_tokens":0,"completion_tokens":4,"prompt_tokens":2,"total_tokens":6,
              "cache_creation_input_tokens":0},"object":"chat.completion.chunk","id":"msg_bdrk_01282d656f1dac4f4cb16591",
              "created":1790000000}

            data: [DONE]


            """),
            answer);
    }

    /// <summary>The order of members, the empty arguments twice and the index after a text are those of recorded traffic.</summary>
    [Fact]
    public async Task Streamed_tool_calls_are_written_as_the_family_writes_them()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-claude-sonnet-4-5").CallsTool("add", "{\"a\":1}", text: "Adding");

        Assert.Equal(
            [
                """{"role":"assistant","content":"Adding"}""",
                """{"role":"assistant","content":null,"tool_calls":[{"index":1,"id":"ID","type":"function","function":{"name":"add","arguments":""}}]}""",
                """{"role":"assistant","content":null,"tool_calls":[{"index":1,"function":{"arguments":""}}]}""",
                """{"role":"assistant","content":null,"tool_calls":[{"index":1,"function":{"arguments":"{"}}]}""",
                """{"role":"assistant","content":null,"tool_calls":[{"index":1,"function":{"arguments":"\""}}]}""",
                """{"role":"assistant","content":null,"tool_calls":[{"index":1,"function":{"arguments":"a"}}]}""",
                """{"role":"assistant","content":null,"tool_calls":[{"index":1,"function":{"arguments":"\""}}]}""",
                """{"role":"assistant","content":null,"tool_calls":[{"index":1,"function":{"arguments":":"}}]}""",
                """{"role":"assistant","content":null,"tool_calls":[{"index":1,"function":{"arguments":"1"}}]}""",
                """{"role":"assistant","content":null,"tool_calls":[{"index":1,"function":{"arguments":"}"}}]}""",
                """{"role":"assistant","content":""}""",
            ],
            await DeltasAsync(wire));
    }

    [Fact]
    public async Task Each_content_block_counts_for_the_index_of_a_call()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-claude-sonnet-4-5").CallsTools(("now", "{}"), ("now", "{}"))
            .CallsTool("now", text: "Well", reasoning: "Hm");

        IReadOnlyList<string> alone = await DeltasAsync(wire);
        IReadOnlyList<string> afterBoth = await DeltasAsync(wire);

        Assert.Equal([0, 1], Indices(alone));
        Assert.Equal([2], Indices(afterBoth));
    }

    [Fact]
    public async Task A_call_opens_with_an_object_only_when_told()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-claude-sonnet-4-5").Deviates(ChatDeviation.EmptyObjectBeforeArguments).CallsTool("now", "{}");

        Assert.Contains("\"name\":\"now\",\"arguments\":\"{}\"", (await DeltasAsync(wire))[0], StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> DeltasAsync(Wire wire)
    {
        string answer = await wire.ReadAsync(
            "databricks-claude-sonnet-4-5", """{"messages":[{"role":"user","content":"Hello there"}],"stream":true}""");
        return
        [
            .. answer.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).SkipLast(1).Select(frame =>
            {
                JsonNode delta = JsonNode.Parse(frame["data: ".Length..])!["choices"]![0]!["delta"]!;
                if (delta["tool_calls"]?[0]?["id"] is not null)
                {
                    delta["tool_calls"]![0]!["id"] = "ID";
                }

                return delta.ToJsonString(Relaxed);
            }),
        ];
    }

    private static IEnumerable<int> Indices(IEnumerable<string> deltas) => deltas.Select(delta => JsonNode.Parse(delta)!["tool_calls"]?[0])
        .Where(call => call?["id"] is not null).Select(call => call!["index"]!.GetValue<int>());
}
