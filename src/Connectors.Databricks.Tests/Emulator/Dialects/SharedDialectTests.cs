namespace Connectors.Databricks.Tests.Emulator.Dialects;

/// <summary>The documents that several model families write alike, but for the name of the model.</summary>
public class SharedDialectTests
{
    [Theory]
    [InlineData("databricks-gemini-3-1-pro", "gemini-3.1-pro-preview", ",\"reasoning_tokens\":2")]
    [InlineData("databricks-gpt-oss-120b", "gpt-oss-120b-080525", "")]
    public async Task Text_and_reasoning_are_parts_of_an_array(string endpoint, string model, string more)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(endpoint).Replies("Hi.", reasoning: "Well.");

        string answer = await wire.ReadAsync(endpoint, """{"messages":[{"role":"user","content":"Hello there"}]}""");

        Wire.SameJson(
            $$"""
            {
              "id": "chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb",
              "object": "chat.completion",
              "created": 1790000000,
              "model": "{{model}}",
              "choices": [
                {
                  "index": 0,
                  "message": {
                    "role": "assistant",
                    "content": [
                      {
                        "type": "reasoning",
                        "summary": [
                          {
                            "type": "summary_text",
                            "text": "Well."
                          }
                        ]
                      },
                      {
                        "type": "text",
                        "text": "Hi."
                      }
                    ]
                  },
                  "finish_reason": "stop",
                  "logprobs": null
                }
              ],
              "usage": {
                "prompt_tokens": 2,
                "completion_tokens": 4,
                "total_tokens": 6{{more}}
              }
            }
            """,
            answer);
    }

    [Theory]
    [InlineData("databricks-inkling", "inkling-1-0926")]
    [InlineData("databricks-kimi-k3", "kimi-k3-instruct-0826")]
    public async Task Reasoning_is_a_sibling_member_of_the_text(string endpoint, string model)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(endpoint).Replies("Hi.", reasoning: "Well.");

        string answer = await wire.ReadAsync(endpoint, """{"messages":[{"role":"user","content":"Hello there"}]}""");

        Wire.SameJson(
            $$"""
            {
              "id": "chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb",
              "object": "chat.completion",
              "created": 1790000000,
              "model": "{{model}}",
              "choices": [
                {
                  "index": 0,
                  "message": {
                    "role": "assistant",
                    "content": "Hi.",
                    "reasoning_content": "Well."
                  },
                  "finish_reason": "stop",
                  "logprobs": null
                }
              ],
              "usage": {
                "prompt_tokens": 2,
                "completion_tokens": 4,
                "total_tokens": 6,
                "reasoning_tokens": 2
              }
            }
            """,
            answer);
    }

    [Theory]
    [InlineData("databricks-gpt-oss-120b", "gpt-oss-120b-080525")]
    [InlineData("databricks-inkling", "inkling-1-0926")]
    [InlineData("databricks-kimi-k3", "kimi-k3-instruct-0826")]
    [InlineData("databricks-meta-llama-3-3-70b-instruct", "meta-llama-3.3-70b-instruct-121024")]
    public async Task Tool_calls_have_the_plain_format(string endpoint, string model)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(endpoint).CallsTools(("now", "{}"), ("add", "{\"a\":1}"));

        string answer = await wire.ReadAsync(endpoint, """{"messages":[{"role":"user","content":"Hello there"}]}""");

        Wire.SameJson(
            $$"""
            {
              "id": "chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb",
              "object": "chat.completion",
              "created": 1790000000,
              "model": "{{model}}",
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

    [Theory]
    [InlineData("databricks-inkling", "inkling-1-0926")]
    [InlineData("databricks-kimi-k3", "kimi-k3-instruct-0826")]
    public async Task A_stream_has_reasoning_in_a_sibling_member_and_no_finish_reason(string endpoint, string model)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(endpoint).Replies("Hi.", reasoning: "Well.");

        string answer = await wire.ReadAsync(endpoint, """{"messages":[{"role":"user","content":"Hello there"}],"stream":true}""");

        Assert.Equal(
            Wire.Unwrapped($$$$"""
            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"{{{{model}}}}","choices":[{"index":0,"delta":{"reasoning_content":"Well"},"finish_reason":null,"logprobs":null}],
              "usage":{"prompt_tokens":2,"completion_tokens":1,"total_tokens":3}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"{{{{model}}}}","choices":[{"index":0,"delta":{"reasoning_content":"."},"finish_reason":null,"logprobs":null}],
              "usage":{"prompt_tokens":2,"completion_tokens":2,"total_tokens":4}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"{{{{model}}}}","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null,"logprobs":null}],
              "usage":{"prompt_tokens":2,"completion_tokens":3,"total_tokens":5}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"{{{{model}}}}","choices":[{"index":0,"delta":{"content":"."},"finish_reason":null,"logprobs":null}],
              "usage":{"prompt_tokens":2,"completion_tokens":4,"total_tokens":6}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"{{{{model}}}}","choices":[{"index":0,"delta":{},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,
              "completion_tokens":4,"total_tokens":6,"reasoning_tokens":2}}

            data: [DONE]


            """),
            answer);
    }
}
