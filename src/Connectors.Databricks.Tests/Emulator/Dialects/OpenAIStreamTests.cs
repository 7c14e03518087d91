namespace Connectors.Databricks.Tests.Emulator.Dialects;

public class OpenAIStreamTests
{
    [Fact]
    public async Task OpenAI_sends_the_role_first_and_usage_only_when_asked()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-gpt-5-2").Replies("Hi.");

        string answer = await wire.ReadAsync(
            "databricks-gpt-5-2",
            """{"messages":[{"role":"user","content":"Hello there"}],"stream":true,"stream_options":{"include_usage":true}}""");

        Assert.Equal(
            Wire.Unwrapped("""
            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},
              "finish_reason":null,"logprobs":null}],"usage":null}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null,"logprobs":null}],
              "usage":null}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"content":"."},"finish_reason":null,"logprobs":null}],
              "usage":null}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{},"finish_reason":"stop","logprobs":null}],"usage":null}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[],"usage":{"prompt_tokens":2,"completion_tokens":2,"total_tokens":4,
              "prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}}

            data: [DONE]


            """),
            answer);
    }

    [Fact]
    public async Task Streamed_tool_calls_are_written_as_the_family_writes_them()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-gpt-5-2").CallsTools(("now", "{}"), ("add", "{\"a\":1}"));

        string answer = await wire.ReadAsync(
            "databricks-gpt-5-2",
            """{"messages":[{"role":"user","content":"Hello there"}],"stream":true}""");

        Assert.Equal(
            Wire.Unwrapped("""
            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"role":"assistant","content":null,"refusal":null},
              "finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_cf4b2520d54a49f0ad2542ae",
              "type":"function","function":{"name":"now","arguments":""}}]},"finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{"}}]},
              "finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"}"}}]},
              "finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_0e15941183b448309260d361",
              "type":"function","function":{"name":"add","arguments":""}}]},"finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"{"}}]},
              "finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"\""}}]},
              "finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"a"}}]},
              "finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"\""}}]},
              "finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":":"}}]},
              "finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"1"}}]},
              "finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"}"}}]},
              "finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls","logprobs":null}]}

            data: [DONE]


            """),
            answer);
    }

    [Fact]
    public async Task Without_the_option_no_chunk_speaks_of_usage()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-gpt-5-2").Replies("Hi.");

        string answer = await wire.ReadAsync(
            "databricks-gpt-5-2",
            """{"messages":[{"role":"user","content":"Hello there"}],"stream":true}""");

        Assert.Equal(
            Wire.Unwrapped("""
            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},
              "finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"content":"."},"finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{},"finish_reason":"stop","logprobs":null}]}

            data: [DONE]


            """),
            answer);
    }

    [Fact]
    public async Task Several_choices_are_streamed_one_after_the_other()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-gpt-5-2").Replies("Hi.");

        string answer = await wire.ReadAsync(
            "databricks-gpt-5-2",
            """{"messages":[{"role":"user","content":"Hello there"}],"stream":true,"n":2}""");

        Assert.Equal(
            Wire.Unwrapped("""
            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},
              "finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{"content":"."},"finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":0,"delta":{},"finish_reason":"stop","logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":1,"delta":{"role":"assistant","content":"","refusal":null},
              "finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":1,"delta":{"content":"Hi"},"finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":1,"delta":{"content":"."},"finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f1dac4f4cb1659132adb38","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-5.2-2025-12-11","choices":[{"index":1,"delta":{},"finish_reason":"stop","logprobs":null}]}

            data: [DONE]


            """),
            answer);
    }
}
