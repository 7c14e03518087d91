namespace Connectors.Databricks.Tests.Emulator.Dialects;

public class KimiDialectTests
{
    [Fact]
    public async Task Streamed_tool_calls_are_written_as_the_family_writes_them()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-kimi-k3").CallsTools(("now", "{}"), ("add", "{\"a\":1}"));

        string answer = await wire.ReadAsync(
            "databricks-kimi-k3",
            """{"messages":[{"role":"user","content":"Hello there"}],"stream":true}""");

        Assert.Equal(
            Wire.Unwrapped("""
            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"kimi-k3-instruct-0826","choices":[{"index":0,"delta":{"role":"assistant",
              "tool_calls":[{"id":"call_cf4b2520-d54a-49f0-ad25-42aed25bc49c","type":"function","function":{"name":"now",
              "arguments":""}}]},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,"completion_tokens":1,
              "total_tokens":3}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"kimi-k3-instruct-0826","choices":[{"index":0,"delta":{"role":"assistant",
              "tool_calls":[{"function":{"arguments":"{"}}]},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,
              "completion_tokens":2,"total_tokens":4}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"kimi-k3-instruct-0826","choices":[{"index":0,"delta":{"role":"assistant",
              "tool_calls":[{"function":{"arguments":"}"}}]},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,
              "completion_tokens":3,"total_tokens":5}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"kimi-k3-instruct-0826","choices":[{"index":0,"delta":{"role":"assistant",
              "tool_calls":[{"id":"call_0e159411-83b4-4830-9260-d3612f38f181","type":"function","function":{"name":"add",
              "arguments":""}}]},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,"completion_tokens":4,
              "total_tokens":6}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"kimi-k3-instruct-0826","choices":[{"index":0,"delta":{"role":"assistant",
              "tool_calls":[{"function":{"arguments":"{"}}]},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,
              "completion_tokens":5,"total_tokens":7}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"kimi-k3-instruct-0826","choices":[{"index":0,"delta":{"role":"assistant",
              "tool_calls":[{"function":{"arguments":"\""}}]},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,
              "completion_tokens":6,"total_tokens":8}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"kimi-k3-instruct-0826","choices":[{"index":0,"delta":{"role":"assistant",
              "tool_calls":[{"function":{"arguments":"a"}}]},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,
              "completion_tokens":7,"total_tokens":9}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"kimi-k3-instruct-0826","choices":[{"index":0,"delta":{"role":"assistant",
              "tool_calls":[{"function":{"arguments":"\""}}]},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,
              "completion_tokens":8,"total_tokens":10}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"kimi-k3-instruct-0826","choices":[{"index":0,"delta":{"role":"assistant",
              "tool_calls":[{"function":{"arguments":":"}}]},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,
              "completion_tokens":9,"total_tokens":11}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"kimi-k3-instruct-0826","choices":[{"index":0,"delta":{"role":"assistant",
              "tool_calls":[{"function":{"arguments":"1"}}]},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,
              "completion_tokens":10,"total_tokens":12}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"kimi-k3-instruct-0826","choices":[{"index":0,"delta":{"role":"assistant",
              "tool_calls":[{"function":{"arguments":"}"}}]},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,
              "completion_tokens":11,"total_tokens":13}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"kimi-k3-instruct-0826","choices":[{"index":0,"delta":{},"finish_reason":null,"logprobs":null}],
              "usage":{"prompt_tokens":2,"completion_tokens":11,"total_tokens":13}}

            data: [DONE]


            """),
            answer);
    }
}
