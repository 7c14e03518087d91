namespace Connectors.Databricks.Tests.Emulator.Dialects;

public class OpenAIDialectTests
{
    [Fact]
    public async Task A_whole_text_is_written_as_the_family_writes_it()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-gpt-5-2").Replies("Hi.");

        string answer = await wire.ReadAsync(
            "databricks-gpt-5-2",
            """{"messages":[{"role":"user","content":"Hello there"}]}""");

        Wire.SameJson(
            """
            {
              "id": "chatcmpl-282d656f1dac4f4cb1659132adb38",
              "object": "chat.completion",
              "created": 1790000000,
              "model": "gpt-5.2-2025-12-11",
              "choices": [
                {
                  "index": 0,
                  "message": {
                    "role": "assistant",
                    "content": "Hi.",
                    "refusal": null,
                    "annotations": []
                  },
                  "finish_reason": "stop",
                  "logprobs": null
                }
              ],
              "usage": {
                "prompt_tokens": 2,
                "completion_tokens": 2,
                "total_tokens": 4,
                "prompt_tokens_details": {
                  "cached_tokens": 0
                },
                "completion_tokens_details": {
                  "reasoning_tokens": 0
                }
              },
              "service_tier": "default",
              "system_fingerprint": null
            }
            """,
            answer);
    }

    [Fact]
    public async Task Whole_tool_calls_are_written_as_the_family_writes_them()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-gpt-5-2").CallsTools(("now", "{}"), ("add", "{\"a\":1}"));

        string answer = await wire.ReadAsync(
            "databricks-gpt-5-2",
            """{"messages":[{"role":"user","content":"Hello there"}]}""");

        Wire.SameJson(
            """
            {
              "id": "chatcmpl-282d656f1dac4f4cb1659132adb38",
              "object": "chat.completion",
              "created": 1790000000,
              "model": "gpt-5.2-2025-12-11",
              "choices": [
                {
                  "index": 0,
                  "message": {
                    "role": "assistant",
                    "content": null,
                    "tool_calls": [
                      {
                        "id": "call_cf4b2520d54a49f0ad2542ae",
                        "type": "function",
                        "function": {
                          "name": "now",
                          "arguments": "{}"
                        }
                      },
                      {
                        "id": "call_0e15941183b448309260d361",
                        "type": "function",
                        "function": {
                          "name": "add",
                          "arguments": "{\"a\":1}"
                        }
                      }
                    ],
                    "refusal": null,
                    "annotations": []
                  },
                  "finish_reason": "tool_calls",
                  "logprobs": null
                }
              ],
              "usage": {
                "prompt_tokens": 2,
                "completion_tokens": 11,
                "total_tokens": 13,
                "prompt_tokens_details": {
                  "cached_tokens": 0
                },
                "completion_tokens_details": {
                  "reasoning_tokens": 0
                }
              },
              "service_tier": "default",
              "system_fingerprint": null
            }
            """,
            answer);
    }

    [Fact]
    public async Task A_refusal_has_a_member_of_its_own()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-gpt-5-2").Refuses("I will not.");

        string answer = await wire.ReadAsync(
            "databricks-gpt-5-2",
            """{"messages":[{"role":"user","content":"Hello there"}]}""");

        Wire.SameJson(
            """
            {
              "id": "chatcmpl-282d656f1dac4f4cb1659132adb38",
              "object": "chat.completion",
              "created": 1790000000,
              "model": "gpt-5.2-2025-12-11",
              "choices": [
                {
                  "index": 0,
                  "message": {
                    "role": "assistant",
                    "content": null,
                    "refusal": "I will not.",
                    "annotations": []
                  },
                  "finish_reason": "stop",
                  "logprobs": null
                }
              ],
              "usage": {
                "prompt_tokens": 2,
                "completion_tokens": 4,
                "total_tokens": 6,
                "prompt_tokens_details": {
                  "cached_tokens": 0
                },
                "completion_tokens_details": {
                  "reasoning_tokens": 0
                }
              },
              "service_tier": "default",
              "system_fingerprint": null
            }
            """,
            answer);
    }

    [Fact]
    public async Task Hidden_reasoning_is_only_counted()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-gpt-5-2");

        string answer = await wire.ReadAsync(
            "databricks-gpt-5-2",
            """{"messages":[{"role":"user","content":"Count to 3"}],"reasoning_effort":"high"}""");

        Wire.SameJson(
            """
            {
              "id": "chatcmpl-282d656f1dac4f4cb1659132adb38",
              "object": "chat.completion",
              "created": 1790000000,
              "model": "gpt-5.2-2025-12-11",
              "choices": [
                {
                  "index": 0,
                  "message": {
                    "role": "assistant",
                    "content": "1, 2, 3.",
                    "refusal": null,
                    "annotations": []
                  },
                  "finish_reason": "stop",
                  "logprobs": null
                }
              ],
              "usage": {
                "prompt_tokens": 3,
                "completion_tokens": 19,
                "total_tokens": 22,
                "prompt_tokens_details": {
                  "cached_tokens": 0
                },
                "completion_tokens_details": {
                  "reasoning_tokens": 13
                }
              },
              "service_tier": "default",
              "system_fingerprint": null
            }
            """,
            answer);
    }
}
