namespace Connectors.Databricks.Tests.Emulator.Dialects;

public class GeminiDialectTests
{
    [Fact]
    public async Task Whole_tool_calls_are_written_as_the_family_writes_them()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-gemini-3-1-pro").CallsTools(("now", "{}"), ("add", "{\"a\":1}"));

        string answer = await wire.ReadAsync(
            "databricks-gemini-3-1-pro",
            """{"messages":[{"role":"user","content":"Hello there"}]}""");

        Wire.SameJson(
            """
            {
              "id": "chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb",
              "object": "chat.completion",
              "created": 1790000000,
              "model": "gemini-3.1-pro-preview",
              "choices": [
                {
                  "index": 0,
                  "message": {
                    "role": "assistant",
                    "content": null,
                    "tool_calls": [
                      {
                        "id": "call_cf4b2520-d54a-49f0-ad25-42aed25bc49c",
                        "type": "function",
                        "function": {
                          "name": "now",
                          "arguments": "{}"
                        },
                        "extra_content": {
                          "google": {
                            "thought_signature": "dGhvdWdodCBvZiBjYWxsX2NmNGIyNTIwLWQ1NGEtNDlmMC1hZDI1LTQyYWVkMjViYzQ5Yw=="
                          }
                        }
                      },
                      {
                        "id": "call_0e159411-83b4-4830-9260-d3612f38f181",
                        "type": "function",
                        "function": {
                          "name": "add",
                          "arguments": "{\"a\":1}"
                        }
                      }
                    ]
                  },
                  "finish_reason": "tool_calls",
                  "logprobs": null
                }
              ],
              "usage": {
                "prompt_tokens": 2,
                "completion_tokens": 11,
                "total_tokens": 13
              }
            }
            """,
            answer);
    }

    [Fact]
    public async Task Gemini_sends_usage_on_the_final_chunk()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-gemini-3-1-pro").Replies("Hi.", reasoning: "Well.");

        string answer = await wire.ReadAsync(
            "databricks-gemini-3-1-pro",
            """{"messages":[{"role":"user","content":"Hello there"}],"stream":true}""");

        Assert.Equal(
            Wire.Unwrapped("""
            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"gemini-3.1-pro-preview","choices":[{"index":0,"delta":{"role":"assistant","content":[{"type":"reasoning",
              "summary":[{"type":"summary_text","text":"Well"}]}]},"finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"gemini-3.1-pro-preview","choices":[{"index":0,"delta":{"role":"assistant","content":[{"type":"reasoning",
              "summary":[{"type":"summary_text","text":"."}]}]},"finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"gemini-3.1-pro-preview","choices":[{"index":0,"delta":{"role":"assistant","content":[{"type":"text","text":"Hi"}]},
              "finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"gemini-3.1-pro-preview","choices":[{"index":0,"delta":{"role":"assistant","content":[{"type":"text","text":"."}]},
              "finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"gemini-3.1-pro-preview","choices":[{"index":0,"delta":{},"finish_reason":"stop","logprobs":null}],
              "usage":{"prompt_tokens":2,"completion_tokens":4,"total_tokens":6,"reasoning_tokens":2}}

            data: [DONE]


            """),
            answer);
    }

    [Fact]
    public async Task Streamed_tool_calls_are_written_as_the_family_writes_them()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-gemini-3-1-pro").CallsTools(("now", "{}"), ("add", "{\"a\":1}"));

        string answer = await wire.ReadAsync(
            "databricks-gemini-3-1-pro",
            """{"messages":[{"role":"user","content":"Hello there"}],"stream":true}""");

        Assert.Equal(
            Wire.Unwrapped("""
            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"gemini-3.1-pro-preview","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,
              "id":"call_cf4b2520-d54a-49f0-ad25-42aed25bc49c","type":"function","function":{"name":"now","arguments":"{}"},
              "extra_content":{"google":{
              "thought_signature":"dGhvdWdodCBvZiBjYWxsX2NmNGIyNTIwLWQ1NGEtNDlmMC1hZDI1LTQyYWVkMjViYzQ5Yw=="}}}]},
              "finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"gemini-3.1-pro-preview","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":1,
              "id":"call_0e159411-83b4-4830-9260-d3612f38f181","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}}]},
              "finish_reason":null,"logprobs":null}]}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"gemini-3.1-pro-preview","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls","logprobs":null}],
              "usage":{"prompt_tokens":2,"completion_tokens":11,"total_tokens":13}}

            data: [DONE]


            """),
            answer);
    }

    [Fact]
    public async Task Plain_answers_are_strings()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-gemini-3-1-pro").Replies("Hi.");

        string answer = await wire.ReadAsync(
            "databricks-gemini-3-1-pro",
            """{"messages":[{"role":"user","content":"Hello there"}],"stream":true}""");

        Assert.Equal(
            Wire.Unwrapped("""
            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"gemini-3.1-pro-preview","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"},"finish_reason":null,
              "logprobs":null}]}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"gemini-3.1-pro-preview","choices":[{"index":0,"delta":{"role":"assistant","content":"."},"finish_reason":null,
              "logprobs":null}]}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"gemini-3.1-pro-preview","choices":[{"index":0,"delta":{},"finish_reason":"stop","logprobs":null}],
              "usage":{"prompt_tokens":2,"completion_tokens":2,"total_tokens":4}}

            data: [DONE]


            """),
            answer);
    }
}
