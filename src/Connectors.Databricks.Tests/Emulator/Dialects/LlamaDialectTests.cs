namespace Connectors.Databricks.Tests.Emulator.Dialects;

public class LlamaDialectTests
{
    [Fact]
    public async Task A_whole_text_is_written_as_the_family_writes_it()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-meta-llama-3-3-70b-instruct").Replies("Hi.");

        string answer = await wire.ReadAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user","content":"Hello there"}]}""");

        Wire.SameJson(
            """
            {
              "id": "chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb",
              "object": "chat.completion",
              "created": 1790000000,
              "model": "meta-llama-3.3-70b-instruct-121024",
              "choices": [
                {
                  "index": 0,
                  "message": {
                    "role": "assistant",
                    "content": "Hi."
                  },
                  "finish_reason": "stop",
                  "logprobs": null
                }
              ],
              "usage": {
                "prompt_tokens": 2,
                "completion_tokens": 2,
                "total_tokens": 4
              }
            }
            """,
            answer);
    }

    [Fact]
    public async Task Llama_sends_the_role_and_cumulative_usage_on_every_chunk()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-meta-llama-3-3-70b-instruct").Replies("Hi.");

        string answer = await wire.ReadAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user","content":"Hello there"}],"stream":true}""");

        Assert.Equal(
            Wire.Unwrapped("""
            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"meta-llama-3.3-70b-instruct-121024","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"},
              "finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,"completion_tokens":1,"total_tokens":3}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"meta-llama-3.3-70b-instruct-121024","choices":[{"index":0,"delta":{"role":"assistant","content":"."},
              "finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,"completion_tokens":2,"total_tokens":4}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"meta-llama-3.3-70b-instruct-121024","choices":[{"index":0,"delta":{"role":"assistant","content":""},
              "finish_reason":"stop","logprobs":null}],"usage":{"prompt_tokens":2,"completion_tokens":2,"total_tokens":4}}

            data: [DONE]


            """),
            answer);
    }

    [Fact]
    public async Task Streamed_tool_calls_are_written_as_the_family_writes_them()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-meta-llama-3-3-70b-instruct").CallsTools(("now", "{}"), ("add", "{\"a\":1}"));

        string answer = await wire.ReadAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user","content":"Hello there"}],"stream":true}""");

        Assert.Equal(
            Wire.Unwrapped("""
            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"meta-llama-3.3-70b-instruct-121024","choices":[{"index":0,"delta":{"role":"assistant","content":null,
              "tool_calls":[{"index":0,"id":"call_cf4b2520-d54a-49f0-ad25-42aed25bc49c","type":"function","function":{"name":"now",
              "arguments":"{}"}}]},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,"completion_tokens":3,
              "total_tokens":5}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"meta-llama-3.3-70b-instruct-121024","choices":[{"index":0,"delta":{"role":"assistant","content":null,
              "tool_calls":[{"index":1,"id":"call_0e159411-83b4-4830-9260-d3612f38f181","type":"function","function":{"name":"add",
              "arguments":"{\"a\":1}"}}]},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,"completion_tokens":11,
              "total_tokens":13}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"meta-llama-3.3-70b-instruct-121024","choices":[{"index":0,"delta":{"role":"assistant","content":""},
              "finish_reason":"tool_calls","logprobs":null}],"usage":{"prompt_tokens":2,"completion_tokens":11,"total_tokens":13}}

            data: [DONE]


            """),
            answer);
    }

    [Fact]
    public async Task Several_choices_are_really_returned()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-meta-llama-3-3-70b-instruct");

        string answer = await wire.ReadAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user","content":"Say \"yes\""}],"n":2}""");

        Wire.SameJson(
            """
            {
              "id": "chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb",
              "object": "chat.completion",
              "created": 1790000000,
              "model": "meta-llama-3.3-70b-instruct-121024",
              "choices": [
                {
                  "index": 0,
                  "message": {
                    "role": "assistant",
                    "content": "yes"
                  },
                  "finish_reason": "stop",
                  "logprobs": null
                },
                {
                  "index": 1,
                  "message": {
                    "role": "assistant",
                    "content": "Version 2: yes"
                  },
                  "finish_reason": "stop",
                  "logprobs": null
                }
              ],
              "usage": {
                "prompt_tokens": 4,
                "completion_tokens": 5,
                "total_tokens": 9
              }
            }
            """,
            answer);
    }
}
