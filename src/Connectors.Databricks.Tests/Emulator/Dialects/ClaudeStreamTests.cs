namespace Connectors.Databricks.Tests.Emulator.Dialects;

public class ClaudeStreamTests
{
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

    [Fact]
    public async Task Streamed_tool_calls_are_written_as_the_family_writes_them()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-claude-sonnet-4-5").CallsTools(("now", "{}"), ("add", "{\"a\":1}"));

        string answer = await wire.ReadAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":"Hello there"}],"stream":true}""");

        Assert.Equal(
            Wire.Unwrapped("""
            data: {"model":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","choices":[{"delta":{"role":"assistant",
              "tool_calls":[{"index":0,"id":"toolu_bdrk_01cf4b2520d54a49f0ad2542","type":"function","function":{"name":"now",
              "arguments":"{}"}}]},"index":0,"finish_reason":null}],"usage":{"cache_read_input_tokens":0,"completion_tokens":null,
              "prompt_tokens":2,"total_tokens":null,"cache_creation_input_tokens":0},"object":"chat.completion.chunk",
              "id":"msg_bdrk_01282d656f1dac4f4cb16591","created":1790000000}

            data: {"model":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","choices":[{"delta":{"role":"assistant",
              "tool_calls":[{"index":1,"id":"toolu_bdrk_010e15941183b448309260d3","type":"function","function":{"name":"add",
              "arguments":"{}"}}]},"index":0,"finish_reason":null}],"usage":{"cache_read_input_tokens":0,"completion_tokens":null,
              "prompt_tokens":2,"total_tokens":null,"cache_creation_input_tokens":0},"object":"chat.completion.chunk",
              "id":"msg_bdrk_01282d656f1dac4f4cb16591","created":1790000000}

            data: {"model":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","choices":[{"delta":{"role":"assistant",
              "tool_calls":[{"index":1,"function":{"arguments":"{"}}]},"index":0,"finish_reason":null}],
              "usage":{"cache_read_input_tokens":0,"completion_tokens":null,"prompt_tokens":2,"total_tokens":null,
              "cache_creation_input_tokens":0},"object":"chat.completion.chunk","id":"msg_bdrk_01282d656f1dac4f4cb16591",
              "created":1790000000}

            data: {"model":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","choices":[{"delta":{"role":"assistant",
              "tool_calls":[{"index":1,"function":{"arguments":"\""}}]},"index":0,"finish_reason":null}],
              "usage":{"cache_read_input_tokens":0,"completion_tokens":null,"prompt_tokens":2,"total_tokens":null,
              "cache_creation_input_tokens":0},"object":"chat.completion.chunk","id":"msg_bdrk_01282d656f1dac4f4cb16591",
              "created":1790000000}

            data: {"model":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","choices":[{"delta":{"role":"assistant",
              "tool_calls":[{"index":1,"function":{"arguments":"a"}}]},"index":0,"finish_reason":null}],
              "usage":{"cache_read_input_tokens":0,"completion_tokens":null,"prompt_tokens":2,"total_tokens":null,
              "cache_creation_input_tokens":0},"object":"chat.completion.chunk","id":"msg_bdrk_01282d656f1dac4f4cb16591",
              "created":1790000000}

            data: {"model":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","choices":[{"delta":{"role":"assistant",
              "tool_calls":[{"index":1,"function":{"arguments":"\""}}]},"index":0,"finish_reason":null}],
              "usage":{"cache_read_input_tokens":0,"completion_tokens":null,"prompt_tokens":2,"total_tokens":null,
              "cache_creation_input_tokens":0},"object":"chat.completion.chunk","id":"msg_bdrk_01282d656f1dac4f4cb16591",
              "created":1790000000}

            data: {"model":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","choices":[{"delta":{"role":"assistant",
              "tool_calls":[{"index":1,"function":{"arguments":":"}}]},"index":0,"finish_reason":null}],
              "usage":{"cache_read_input_tokens":0,"completion_tokens":null,"prompt_tokens":2,"total_tokens":null,
              "cache_creation_input_tokens":0},"object":"chat.completion.chunk","id":"msg_bdrk_01282d656f1dac4f4cb16591",
              "created":1790000000}

            data: {"model":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","choices":[{"delta":{"role":"assistant",
              "tool_calls":[{"index":1,"function":{"arguments":"1"}}]},"index":0,"finish_reason":null}],
              "usage":{"cache_read_input_tokens":0,"completion_tokens":null,"prompt_tokens":2,"total_tokens":null,
              "cache_creation_input_tokens":0},"object":"chat.completion.chunk","id":"msg_bdrk_01282d656f1dac4f4cb16591",
              "created":1790000000}

            data: {"model":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","choices":[{"delta":{"role":"assistant",
              "tool_calls":[{"index":1,"function":{"arguments":"}"}}]},"index":0,"finish_reason":null}],
              "usage":{"cache_read_input_tokens":0,"completion_tokens":null,"prompt_tokens":2,"total_tokens":null,
              "cache_creation_input_tokens":0},"object":"chat.completion.chunk","id":"msg_bdrk_01282d656f1dac4f4cb16591",
              "created":1790000000}

            data: {"model":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","choices":[{"delta":{"role":"assistant","content":""},"index":0,
              "finish_reason":"tool_calls"}],"usage":{"cache_read_input_tokens":0,"completion_tokens":11,"prompt_tokens":2,
              "total_tokens":13,"cache_creation_input_tokens":0},"object":"chat.completion.chunk",
              "id":"msg_bdrk_01282d656f1dac4f4cb16591","created":1790000000}

            data: [DONE]


            """),
            answer);
    }
}
